-- Figures of units that keep totals: whole years, whole months, what is still queued, and the broken months at
-- both ends straight from the entries. ONE statement: a line is met in the queue or in the totals, never twice.
with stored as (
    select t.unit_id, t.measure_id, t.n, t.amount
    from ledger_yeartotal t
    where t.view = %(view)s and t.unit_id = any(%(units)s) and t.year = any(%(years)s)
      and t.measure_id = any(%(measures)s)
    union all
    select t.unit_id, t.measure_id, t.n, t.amount
    from ledger_total t
    where t.view = %(view)s and t.unit_id = any(%(units)s) and t.month = any(%(months)s)
      and t.measure_id = any(%(measures)s)
    union all
    select c.ancestor_id, q.measure_id, q.n, q.amount
    from ledger_queue q
    join units_closure c on c.view = %(view)s and c.descendant_id = q.unit_id
                        and q.day >= c.since and q.day < c.until
    where q.measure_id = any(%(measures)s) and c.ancestor_id = any(%(units)s)
      and (q.month / 12 = any(%(years)s) or q.month = any(%(months)s))
)
select unit_id, measure_id, sum(n), sum(amount) from stored group by 1, 2
