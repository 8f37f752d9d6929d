-- Take queue lines, at most so many (null: all), and add them to the totals of every unit above the branch, in both views, as one
-- statement: a reader sees a line either in the queue or in the totals, never in both.
with taken as (
    delete from ledger_queue where ctid = any (array(select ctid from ledger_queue limit %(most)s))
    returning unit_id, measure_id, day, month, n, amount
), risen as (
    select c.view, c.ancestor_id as unit_id, t.month, t.measure_id, sum(t.n) as n, sum(t.amount) as amount
    from taken t
    cross join lateral (
        select c.view, c.ancestor_id
        from units_closure c join units_unit u on u.id = c.ancestor_id and u.level <> 'branch'
        where c.view in (0, 1) and c.descendant_id = t.unit_id and t.day >= c.since and t.day < c.until
        offset 0  -- line by line: a fold of some thousand lines must not read the whole closure
    ) c
    group by 1, 2, 3, 4
), months as (
    insert into ledger_total as stored (view, unit_id, month, measure_id, n, amount)
    select view, unit_id, month, measure_id, n, amount from risen order by 1, 2, 3, 4
    on conflict (view, unit_id, month, measure_id)
    do update set n = stored.n + excluded.n, amount = stored.amount + excluded.amount
), years as (
    insert into ledger_yeartotal as stored (view, unit_id, year, measure_id, n, amount)
    select view, unit_id, month / 12, measure_id, sum(n), sum(amount) from risen group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (view, unit_id, year, measure_id)
    do update set n = stored.n + excluded.n, amount = stored.amount + excluded.amount
)
select count(*) from taken;
