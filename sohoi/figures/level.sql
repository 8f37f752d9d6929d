-- What units of one level did themselves, at or under a unit, in some days.
select m.id, sum(e.n), sum(e.amount)
from units_closure c
join units_unit u on u.id = c.descendant_id and u.level = %(level)s
join ledger_entry e on e.unit_id = u.id and e.booked between %(first)s and %(last)s
                   and e.day >= c.since and e.day < c.until
join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
where c.view = %(view)s and c.ancestor_id = %(unit)s and m.id = any(%(measures)s)
group by 1
having sum(e.n) <> 0 or sum(e.amount) <> 0
