-- The competitor's table: who was seen in which commune in which month, each once.
drop table if exists bench_visit;
create table bench_visit as
select distinct m.id as measure_id, month_index(e.booked) as month, c.ancestor_id as unit_id, e.subject
from ledger_entry e
join ledger_measure m on m.base_id = e.measure_id and m.id = any(%(measures)s)
join units_closure c on c.view = 1 and c.descendant_id = e.unit_id
join units_unit u on u.id = c.ancestor_id and u.level = 'base'
where e.subject is not null and e.booked between %(first)s and %(last)s;
create index on bench_visit (measure_id, month, unit_id, subject)
