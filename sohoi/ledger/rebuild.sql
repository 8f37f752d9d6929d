-- Drop the caches and make them anew from the entries: totals, years, sightings, histogram. The entries stay.
-- Set by set, a year at a time, the indexes last: at a million entries many times faster than through the queue.
-- `filter = '{}' or` changes no result; it tells the planner that most lines pass.
lock table ledger_entry in share mode;
truncate ledger_queue, ledger_subjectqueue, ledger_total, ledger_yeartotal, ledger_sighting, ledger_seen;

do $$
declare
    caches constant name[] := '{ledger_total, ledger_yeartotal, ledger_sighting, ledger_seen}';
    indexes text[];
    step text;
    y int;
begin
    set local work_mem = '256MB';
    set local maintenance_work_mem = '512MB';
    select array_agg(indexdef) into indexes from pg_indexes where schemaname = current_schema and tablename = any(caches);
    for step in select indexname from pg_indexes where schemaname = current_schema and tablename = any(caches) loop
        execute format('drop index %I', step);
    end loop;

    create temp table reach on commit drop as
    select c.view, c.descendant_id, c.ancestor_id, c.since, c.until
    from units_closure c join units_unit u on u.id = c.ancestor_id and u.level <> 'branch';
    analyze reach;

    for y in select distinct extract(year from booked) from ledger_entry loop
        insert into ledger_total (view, unit_id, month, measure_id, n, amount)
        with line as materialized (
            select e.unit_id, e.day, month_index(e.booked) as month, m.id as measure_id, e.n, e.amount
            from ledger_entry e
            join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
            where not e.declared and m.take in ('sum', 'balance') and m.age is null
              and e.booked >= make_date(y, 1, 1) and e.booked < make_date(y + 1, 1, 1)
        )
        select r.view, r.ancestor_id, l.month, l.measure_id, sum(l.n), sum(l.amount)
        from line l join reach r on r.descendant_id = l.unit_id and l.day >= r.since and l.day < r.until
        group by 1, 2, 3, 4;
    end loop;
    insert into ledger_yeartotal (view, unit_id, year, measure_id, n, amount)
    select view, unit_id, month / 12, measure_id, sum(n), sum(amount) from ledger_total group by 1, 2, 3, 4;

    insert into ledger_sighting (view, unit_id, measure_id, subject, at, month, previous)
    with line as materialized (  -- sightings as fold_distinct.sql lays them
        select e.unit_id, e.day, m.id as measure_id, e.subject,
               min(month_index(e.booked)) filter (where e.n = 1) as month,
               coalesce(min(month_index(e.booked)) filter (where e.n = -1), 99999) as until
        from ledger_entry e
        join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
        where e.subject is not null and m.take = 'distinct'
        group by e.unit_id, e.day, m.id, e.subject, e.record_id
    ), spell as materialized (
        select r.view, r.ancestor_id as unit_id, l.measure_id, l.subject, l.month, max(l.until) as until
        from line l join reach r on r.descendant_id = l.unit_id and l.day >= r.since and l.day < r.until
        where l.month < l.until
        group by 1, 2, 3, 4, 5
    ), turned as (
        select view, unit_id, measure_id, subject, month as at, month from spell
        union
        select view, unit_id, measure_id, subject, g.until, coalesce(max(s.month) filter (where s.until > g.until), -1)
        from spell g join spell s using (view, unit_id, measure_id, subject)
        where g.until < 99999 and s.month <= g.until
        group by view, unit_id, measure_id, subject, g.until
    ), laid as (
        select view, unit_id, measure_id, subject, at, month,
               coalesce(lag(month) over (partition by view, unit_id, measure_id, subject order by at), -1) as previous
        from turned
    )
    select view, unit_id, measure_id, subject, at, month, previous from laid where month <> previous;
    insert into ledger_seen (view, unit_id, measure_id, month, at, subjects)
    select view, unit_id, measure_id, x.month, at, sum(x.step)
    from ledger_sighting cross join lateral (values (month, 1), (previous, -1)) x (month, step)
    where x.month >= 0
    group by 1, 2, 3, 4, 5
    having sum(x.step) <> 0;

    drop table reach;
    foreach step in array indexes loop
        execute step;
    end loop;
end $$;
