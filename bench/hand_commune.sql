-- The same for a commune: its own line from the summary, its branches straight from their entries.
with child as (
    select array(select unit_id from units_placement
                 where parent_id = %(unit)s and during @> %(on)s::date) as units
)
select t.unit_id, t.measure_id, sum(t.n)::bigint, sum(t.amount)::bigint
from (
    select unit_id, measure_id, n, amount from ledger_yeartotal
    where view = 1 and unit_id = %(unit)s
      and (measure_id = any(%(flows)s) and year between 2024 and 2025
           or measure_id = any(%(balances)s) and year <= 2025)
    union all
    select unit_id, measure_id, n, amount from ledger_total
    where view = 1 and unit_id = %(unit)s and month between 24312 and 24317
      and measure_id = any(%(flows)s::smallint[] || %(balances)s::smallint[])
    union all
    select unit_id, measure_id, subjects, subjects from ledger_seen
    where view = 1 and unit_id = %(unit)s and measure_id = any(%(distincts)s)
      and month between 24288 and 24317 and at <= 24317
    union all
    select case unit_id when %(unit)s then 0 else unit_id end, measure_id, n, amount from ledger_entry
    where unit_id = any((select units from child)::bigint[] || %(unit)s::bigint) and not declared
      and (measure_id = any(%(flows)s) and booked between '2024-01-01' and '2026-06-30'
           or measure_id = any(%(balances)s) and booked <= '2026-06-30')
) t
group by 1, 2
union all
select e.unit_id, m.id, count(distinct e.subject), count(distinct e.subject)
from ledger_entry e join ledger_measure m on m.base_id = e.measure_id
where e.unit_id = any((select units from child)::bigint[]) and m.id = any(%(distincts)s)
  and e.booked between '2024-01-01' and '2026-06-30' and e.subject is not null
group by 1, 2
