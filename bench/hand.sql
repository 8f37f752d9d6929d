-- A unit's report, with its children when asked, as one writes it by hand on the same summary: the units resolved
-- first, flows by whole years and loose months, balances from the beginning, households by the histogram; what
-- the unit did itself as unit 0.
with part as (
    select array(select %(unit)s::bigint union all
                 select unit_id from units_placement
                 where %(children)s and parent_id = %(unit)s and during @> %(on)s::date) as units
)
select t.unit_id, t.measure_id, sum(t.n)::bigint, sum(t.amount)::bigint
from (
    select unit_id, measure_id, n, amount from ledger_yeartotal
    where view = 1 and unit_id = any((select units from part)::bigint[]) and measure_id = any(%(flows)s)
      and year = any('{2024,2025}')
    union all
    select unit_id, measure_id, n, amount from ledger_yeartotal
    where view = 1 and unit_id = any((select units from part)::bigint[]) and measure_id = any(%(balances)s)
      and year <= 2025
    union all
    select unit_id, measure_id, n, amount from ledger_total
    where view = 1 and unit_id = any((select units from part)::bigint[])
      and measure_id = any(%(flows)s::smallint[] || %(balances)s::smallint[])
      and month = any('{24312,24313,24314,24315,24316,24317}')
    union all
    select unit_id, measure_id, subjects, subjects from ledger_seen
    where view = 1 and unit_id = any((select units from part)::bigint[]) and measure_id = any(%(distincts)s)
      and month between 24288 and 24317 and at <= 24317
    union all
    select 0, measure_id, n, amount from ledger_entry
    where %(children)s and unit_id = %(unit)s and measure_id = any(%(flows)s)
      and booked between '2024-01-01' and '2026-06-30'
    union all
    select 0, measure_id, n, amount from ledger_entry
    where %(children)s and unit_id = %(unit)s and measure_id = any(%(balances)s) and booked <= '2026-06-30'
) t
group by 1, 2
