-- Figures of units that keep totals: whole years, whole months, and what is still queued; the same pair may come
-- twice. ONE statement: a line is met in the queue or in the totals, never twice. Each unit's cells are read in one
-- go; `::int` keeps many measures a hashed filter (few measures of many units: league.sql).
select u.id, t.measure_id, t.n, t.amount
from unnest(%(units)s::bigint[]) u (id)
cross join lateral (
    select s.measure_id, sum(s.n)::bigint as n, sum(s.amount)::bigint as amount
    from (
        select t.measure_id, t.n, t.amount
        from ledger_yeartotal t
        where t.view = %(view)s and t.unit_id = u.id and t.year = any(%(years)s)
          and t.measure_id::int = any(%(measures)s::int[])
        union all
        select t.measure_id, t.n, t.amount
        from ledger_total t
        where t.view = %(view)s and t.unit_id = u.id and t.month = any(%(months)s)
          and t.measure_id::int = any(%(measures)s::int[])
    ) s
    group by 1
) t
union all
select c.ancestor_id, q.measure_id, sum(q.n)::bigint, sum(q.amount)::bigint
from ledger_queue q
join units_closure c on c.view = %(view)s and c.descendant_id = q.unit_id
                    and q.day >= c.since and q.day < c.until
where q.measure_id = any(%(measures)s) and c.ancestor_id = any(%(units)s)
  and (q.month / 12 = any(%(years)s) or q.month = any(%(months)s))
group by 1, 2
