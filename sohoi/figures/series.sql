-- One flow month by month: stored totals of whole months, what is still queued, and the days of broken months
-- (of a branch, or of one level's own deeds: all days) from the entries. ONE statement, as in rollup.sql.
with told as (
    select t.month, t.n, t.amount
    from ledger_total t
    where t.view = %(view)s and t.unit_id = %(unit)s and t.measure_id = %(measure)s and t.month = any(%(months)s)
    union all
    select q.month, q.n, q.amount
    from ledger_queue q
    join units_closure c on c.view = %(view)s and c.descendant_id = q.unit_id and c.ancestor_id = %(unit)s
                        and q.day >= c.since and q.day < c.until
    where q.measure_id = %(measure)s and q.month = any(%(months)s)
    union all
    select month_index(e.booked), e.n, e.amount
    from unnest(%(firsts)s::date[], %(lasts)s::date[]) as span (first, last)
    join units_closure c on c.view = %(view)s and c.ancestor_id = %(unit)s
    join units_unit u on u.id = c.descendant_id and (%(level)s = '' or u.level = %(level)s)
    join ledger_entry e on e.unit_id = c.descendant_id and e.booked between span.first and span.last
                       and e.day >= c.since and e.day < c.until
    join ledger_measure m on m.id = %(measure)s and m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
)
select month, sum(amount) from told group by month having sum(n) <> 0 or sum(amount) <> 0
