-- Declared levels as they stood: of each unit the newest declaration booked up to the last day and not taken back by
-- then, as far as written up to a position; one of a unit above hides those below it, where that unit counts too.
with told as (
    select e.unit_id, m.id as measure_id, sum(e.amount) as amount,
           row_number() over (partition by e.unit_id, m.id order by e.day desc, max(e.id) desc) as place
    from ledger_entry e
    join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
    where m.id = any(%(measures)s) and e.booked <= %(last)s and e.id <= %(upto)s
    group by e.unit_id, m.id, e.record_id, e.day
    having sum(e.n) > 0
), newest as (
    select t.unit_id, t.measure_id, t.amount,
           (select least(%(map_day)s::date, max(upper(p.during)) - 1) from units_placement p
            where p.unit_id = t.unit_id and lower(p.during) <= %(map_day)s) as stood
    from told t where t.place = 1
), reach as materialized (
    select r.unit_id, r.ancestor_id from units_reach(%(map_day)s) r
)
select at.ancestor_id, n.measure_id, count(*), sum(n.amount)
from newest n
join reach at on at.unit_id = n.unit_id and at.ancestor_id = any(%(units)s)
where not exists (
    select from newest above
    join reach there on there.unit_id = above.unit_id and there.ancestor_id = at.ancestor_id
    join units_closure c on c.view = 0 and c.ancestor_id = above.unit_id and c.descendant_id = n.unit_id
                        and c.since <= above.stood and c.until > above.stood
    where above.measure_id = n.measure_id and above.unit_id <> n.unit_id)
group by 1, 2
