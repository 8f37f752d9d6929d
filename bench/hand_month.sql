-- The figures of a unit's report for June 2026 as one writes them by hand: the month, the year to its end, and what
-- deeds of earlier days add in the month. Rows of (column, measure, n, amount).
select part, measure_id, sum(n)::bigint, sum(amount)::bigint
from (
    select w.part, t.measure_id, t.n, t.amount
    from ledger_total t
    join (values ('period', 24317), ('year', 24312)) w (part, since) on t.month between w.since and 24317
    where t.view = 0 and t.unit_id = %(unit)s and t.month between 24312 and 24317 and t.measure_id = any(%(flows)s)
    union all
    select w.part, t.measure_id, t.n, t.amount
    from (
        select measure_id, n, amount from ledger_yeartotal
        where view = 1 and unit_id = %(unit)s and year <= 2025 and measure_id = any(%(balances)s)
        union all
        select measure_id, n, amount from ledger_total
        where view = 1 and unit_id = %(unit)s and month between 24312 and 24317 and measure_id = any(%(balances)s)
    ) t
    cross join (values ('period'), ('year')) w (part)
    union all
    select w.part, s.measure_id, s.subjects, s.subjects
    from ledger_seen s
    join (values ('period', 24317), ('year', 24312)) w (part, since) on s.month >= w.since and s.at <= 24317
    where s.view = 0 and s.unit_id = %(unit)s and s.month between 24312 and 24317 and s.measure_id = any(%(distincts)s)
    union all
    select 'late', m.id, case m.take when 'distinct' then count(distinct e.subject) else sum(e.n) end,
           case m.take when 'distinct' then count(distinct e.subject) else sum(e.amount) end
    from units_closure c
    join ledger_entry e on e.unit_id = c.descendant_id and e.booked between '2026-06-01' and '2026-06-30'
                       and e.day < '2026-06-01' and e.day >= c.since and e.day < c.until
    join ledger_measure m on m.base_id = e.measure_id and (m.take <> 'distinct' or e.subject is not null and e.n = 1)
    where c.view = 0 and c.ancestor_id = %(unit)s and m.id = any(%(flows)s || %(balances)s || %(distincts)s)
    group by 2, m.take
) t
group by 1, 2
