-- The same sums straight from the entries of some days: the broken months of any unit, the whole period of a
-- branch. `spans` are pairs of first and last day, both counted.
select c.ancestor_id, m.id, sum(e.n), sum(e.amount)
from unnest(%(firsts)s::date[], %(lasts)s::date[]) as span (first, last)
join units_closure c on c.view = %(view)s and c.ancestor_id = any(%(units)s)
join ledger_entry e on e.unit_id = c.descendant_id and e.booked between span.first and span.last
                   and e.day >= c.since and e.day < c.until
join ledger_measure m on m.base_id = e.measure_id and e.labels @> m.filter
where m.id = any(%(measures)s)
group by 1, 2
