-- A unit's own deeds, without anything below it: each measure from its own first day; `first` is the first of them.
select m.id, sum(e.n), sum(e.amount)
from unnest(%(measures)s::int[], %(firsts)s::date[]) as asked (measure_id, first)
join ledger_measure m on m.id = asked.measure_id
join ledger_entry e on e.measure_id = m.base_id and (m.filter = '{}' or e.labels @> m.filter)
where e.unit_id = %(unit)s and e.booked between asked.first and %(last)s and e.booked >= %(first)s
group by 1
having sum(e.n) <> 0 or sum(e.amount) <> 0
