-- Drop the caches and make them anew from the entries: totals, years, sightings, histogram. The entries stay.
lock table ledger_entry in share mode;
truncate ledger_queue, ledger_subjectqueue, ledger_total, ledger_yeartotal, ledger_sighting, ledger_seen;

insert into ledger_queue (unit_id, measure_id, day, month, n, amount)
select e.unit_id, m.id, e.day, month_index(e.booked), sum(e.n), sum(e.amount)
from ledger_entry e
join ledger_measure m on m.base_id = e.measure_id and e.labels @> m.filter
where not e.declared and m.take in ('sum', 'balance')
group by 1, 2, 3, 4;

insert into ledger_subjectqueue (measure_id, subject)
select distinct m.id, e.subject
from ledger_entry e
join ledger_measure m on m.base_id = e.measure_id and e.labels @> m.filter
where e.subject is not null and m.take = 'distinct';
