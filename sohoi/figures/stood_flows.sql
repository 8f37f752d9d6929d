-- Flows as they stood: each line booked in the period and written up to a position, where its unit stood on its own
-- day. `before`: only deeds of an earlier day (told after their month was closed); without it all.
select c.ancestor_id, m.id, sum(e.n), sum(e.amount)
from units_closure c
join ledger_entry e on e.unit_id = c.descendant_id and e.day >= c.since and e.day < c.until
join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
where c.view = %(view)s and c.ancestor_id = any(%(units)s) and m.id = any(%(measures)s)
  and e.booked between %(first)s and %(last)s and e.id <= %(upto)s
  and (%(before)s::date is null or e.day < %(before)s)
group by 1, 2
having sum(e.n) <> 0 or sum(e.amount) <> 0
