-- Drop the caches and make them anew from the entries: totals, years, sightings, histogram. The entries stay.
-- Set by set, a year at a time, the indexes last: at a million entries ten times faster than through the queue.
-- `filter = '{}' or` says nothing new to the result; it tells the planner that most lines pass.
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

    for y in select distinct extract(year from booked) from ledger_entry loop
        insert into ledger_total (view, unit_id, month, measure_id, n, amount)
        select c.view, c.ancestor_id, month_index(e.booked), m.id, sum(e.n), sum(e.amount)
        from ledger_entry e
        join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
        join units_closure c on c.descendant_id = e.unit_id and e.day >= c.since and e.day < c.until
        join units_unit u on u.id = c.ancestor_id and u.level <> 'branch'
        where not e.declared and m.take in ('sum', 'balance')
          and e.booked >= make_date(y, 1, 1) and e.booked < make_date(y + 1, 1, 1)
        group by 1, 2, 3, 4;
    end loop;
    insert into ledger_yeartotal (view, unit_id, year, measure_id, n, amount)
    select view, unit_id, month / 12, measure_id, sum(n), sum(amount) from ledger_total group by 1, 2, 3, 4;

    insert into ledger_sighting (view, unit_id, measure_id, subject, month, previous)
    select view, unit_id, measure_id, subject, month,
           coalesce(lag(month) over (partition by view, unit_id, measure_id, subject order by month), -1)
    from (select c.view, c.ancestor_id as unit_id, m.id as measure_id, e.subject, month_index(e.booked) as month
          from ledger_entry e
          join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
          join units_closure c on c.descendant_id = e.unit_id and e.day >= c.since and e.day < c.until
          join units_unit u on u.id = c.ancestor_id and u.level <> 'branch'
          where e.subject is not null and m.take = 'distinct'
          group by 1, 2, 3, 4, 5
          having sum(e.n) > 0) fresh;
    insert into ledger_seen (view, unit_id, measure_id, month, previous, subjects)
    select view, unit_id, measure_id, month, previous, count(*) from ledger_sighting group by 1, 2, 3, 4, 5;

    foreach step in array indexes loop
        execute step;
    end loop;
end $$;
