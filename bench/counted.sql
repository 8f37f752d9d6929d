-- COUNT(DISTINCT) over the entries for many units at once, on today's map.
select c.ancestor_id, m.id, count(distinct e.subject), count(distinct e.subject)
from ledger_entry e
join ledger_measure m on m.base_id = e.measure_id and m.id = any(%(measures)s)
join units_closure c on c.view = 1 and c.descendant_id = e.unit_id
where e.subject is not null and e.booked between %(first)s and %(last)s and c.ancestor_id = any(%(units)s)
group by 1, 2
