-- Write entries; the statement trigger puts them into the queue.
insert into ledger_entry (record_id, unit_id, measure_id, day, booked, n, amount, labels, subject, declared)
select e.record_id, e.unit_id, e.measure_id, e.day, e.booked, e.n, e.amount, e.labels, e.subject, e.declared
from json_to_recordset(%s::json) as e (
    record_id uuid, unit_id bigint, measure_id smallint, day date, booked date, n smallint, amount bigint,
    labels jsonb, subject bigint, declared boolean)
