-- A few measures of units that keep totals, by the index of measures: whole years, whole months, and what is still
-- queued. ONE statement: a line is met in the queue or in the totals, never twice. The units are a sub-select so that
-- the planner does not weigh thousands of them one by one.
with stored as (
    select t.unit_id, t.measure_id, t.n, t.amount
    from ledger_yeartotal t
    where t.view = %(view)s and t.unit_id = any((select %(units)s::bigint[])::bigint[]) and t.year = any(%(years)s)
      and t.measure_id = any(%(measures)s)
    union all
    select t.unit_id, t.measure_id, t.n, t.amount
    from ledger_total t
    where t.view = %(view)s and t.unit_id = any((select %(units)s::bigint[])::bigint[]) and t.month = any(%(months)s)
      and t.measure_id = any(%(measures)s)
    union all
    select c.ancestor_id, q.measure_id, q.n, q.amount
    from ledger_queue q
    join units_closure c on c.view = %(view)s and c.descendant_id = q.unit_id
                        and q.day >= c.since and q.day < c.until
    where q.measure_id = any(%(measures)s) and c.ancestor_id = any((select %(units)s::bigint[])::bigint[])
      and (q.month / 12 = any(%(years)s) or q.month = any(%(months)s))
)
select unit_id, measure_id, sum(n)::bigint, sum(amount)::bigint from stored group by 1, 2
