-- The same sums straight from the entries of some days: the broken months of any unit, the whole period of a
-- branch. `spans` are pairs of first and last day, both counted, in order; their ends spare the planner the other
-- years' parts.
select c.ancestor_id, m.id, sum(e.n)::bigint, sum(e.amount)::bigint
from unnest(%(firsts)s::date[], %(lasts)s::date[]) as span (first, last)
join units_closure c on c.view = %(view)s and c.ancestor_id = any(%(units)s)
join ledger_entry e on e.unit_id = c.descendant_id and e.booked between span.first and span.last
                   and e.booked between %(first)s and %(last)s
                   and e.day >= c.since and e.day < c.until
join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
where m.id = any(%(measures)s)
group by 1, 2
