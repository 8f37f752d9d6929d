-- Late deeds at the seams of a map: a child stood under its parent on some days only, its total is cut by the day a
-- deed counts on, but its parent counts by the day it happened. What the cut leaves out too much or too little.
select child.id, m.id,
       sum(case when e.day >= child.since and e.day < child.until then 1 else 0 end * e.n
           - case when e.booked between child.first and child.last then 1 else 0 end * e.n),
       sum(case when e.day >= child.since and e.day < child.until then 1 else 0 end * e.amount
           - case when e.booked between child.first and child.last then 1 else 0 end * e.amount)
from unnest(%(ids)s::bigint[], %(sinces)s::date[], %(untils)s::date[], %(firsts)s::date[], %(lasts)s::date[])
     as child (id, since, until, first, last)
join units_closure c on c.view = 0 and c.ancestor_id = child.id
join ledger_entry e on e.unit_id = c.descendant_id and e.day <> e.booked
                   and e.booked between %(first)s and %(last)s and e.day >= c.since and e.day < c.until
join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
where m.id = any(%(measures)s)
group by 1, 2
