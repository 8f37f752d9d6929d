-- Levels that are only ever declared: per unit the newest declaration up to the asked day that was not taken
-- back; a unit's own declaration stands for everything below it, otherwise its children's are added up.
-- Units that ended before the asked day count for their only heir on that day.
with recursive alive as (
    select unit_id from units_placement where during @> %(on)s::date
), lines as (
    select e.unit_id, m.id as measure_id, e.record_id, e.day, sum(e.amount) as amount, max(e.id) as latest
    from ledger_measure m
    join ledger_entry e on e.measure_id = m.base_id and e.declared and e.labels @> m.filter
    where m.id = any(%(measures)s) and e.day <= %(on)s
    group by 1, 2, 3, 4
    having sum(e.n) > 0
), newest as (
    select distinct on (unit_id, measure_id) unit_id, measure_id, amount
    from lines order by unit_id, measure_id, day desc, latest desc
), heir(unit_id, at) as (
    select distinct unit_id, unit_id from newest
    union
    select h.unit_id, l.new_id
    from heir h join units_lineage l on l.old_id = h.at
    where h.at not in (select unit_id from alive)
), living as (
    select unit_id, min(at) as at from heir
    where at in (select unit_id from alive)
    group by unit_id having count(*) = 1
), placed as (
    select n.measure_id, l.at as unit_id, n.unit_id = l.at as own, n.amount
    from newest n join living l on l.unit_id = n.unit_id
), chosen as (
    select measure_id, unit_id, sum(amount) as amount
    from placed p
    where own or not exists (select from placed o where o.own and o.unit_id = p.unit_id and o.measure_id = p.measure_id)
    group by 1, 2
)
select r.ancestor_id, c.measure_id, count(*), sum(c.amount)
from chosen c
join units_closure r on r.view = 0 and r.descendant_id = c.unit_id and r.since <= %(on)s and r.until > %(on)s
where r.ancestor_id = any(%(units)s)
  and not exists (
      select from chosen o
      join units_closure a on a.view = 0 and a.descendant_id = c.unit_id and a.ancestor_id = o.unit_id
                          and a.since <= %(on)s and a.until > %(on)s
      join units_closure b on b.view = 0 and b.descendant_id = o.unit_id and b.ancestor_id = r.ancestor_id
                          and b.since <= %(on)s and b.until > %(on)s
      where o.measure_id = c.measure_id and o.unit_id <> c.unit_id)
group by 1, 2
