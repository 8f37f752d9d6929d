-- Levels that are only ever declared: per unit the newest declaration booked up to the asked day that was not
-- taken back by then. Each counts where its unit stands on the map of `map_day` (units_reach). A unit's own
-- declaration speaks for those that stood below it on that map, or on its own last day when it had ended before.
with lines as (
    select e.unit_id, m.id as measure_id, e.record_id, e.day, sum(e.amount) as amount, max(e.id) as latest
    from ledger_measure m
    join ledger_entry e on e.measure_id = m.base_id and e.declared and (m.filter = '{}' or e.labels @> m.filter)
    where m.id = any(%(measures)s) and e.booked <= %(on)s
    group by 1, 2, 3, 4
    having sum(e.n) > 0
), newest as (
    select distinct on (unit_id, measure_id) unit_id, measure_id, amount
    from lines order by unit_id, measure_id, day desc, latest desc
), speaker as (
    select n.unit_id, n.measure_id, least(%(map_day)s::date, max(upper(p.during)) - 1) as stood
    from newest n
    join units_placement p on p.unit_id = n.unit_id and lower(p.during) <= %(map_day)s
    group by 1, 2
), reach as materialized (
    select r.unit_id, r.ancestor_id
    from units_reach(%(map_day)s, array(select distinct unit_id from newest)) r
), hidden as (
    select n.unit_id, n.measure_id, s.unit_id as by_unit
    from speaker s
    join units_closure c on c.view = 0 and c.ancestor_id = s.unit_id and c.descendant_id <> s.unit_id
                        and c.since <= s.stood and c.until > s.stood
    join newest n on n.unit_id = c.descendant_id and n.measure_id = s.measure_id
)
select r.ancestor_id, n.measure_id, count(*), sum(n.amount)
from newest n
join reach r on r.unit_id = n.unit_id
where r.ancestor_id = any(%(units)s)
  and not exists (
      select from hidden h
      join reach o on o.unit_id = h.by_unit and o.ancestor_id = r.ancestor_id
      where h.unit_id = n.unit_id and h.measure_id = n.measure_id)
group by 1, 2
