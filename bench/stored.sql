-- A report from the summary alone: blind for what still waits to be folded.
select unit_id, measure_id, sum(n), sum(amount)
from (
    select t.unit_id, t.measure_id, t.n, t.amount
    from ledger_yeartotal t
    where t.view = %(view)s and t.unit_id = any(%(units)s) and t.year = any(%(years)s)
      and t.measure_id = any(%(measures)s)
    union all
    select t.unit_id, t.measure_id, t.n, t.amount
    from ledger_total t
    where t.view = %(view)s and t.unit_id = any(%(units)s) and t.month = any(%(months)s)
      and t.measure_id = any(%(measures)s)
) stored
group by 1, 2
