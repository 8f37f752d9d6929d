-- For each touched subject: lay its sightings anew from its entries, and move the histogram by the difference. One
-- statement, as the fold of totals. A record is seen from the month in which it counts until that in which it is taken back
-- (decision 0006); the newest month in which a unit sees a subject turns when one of these begins or ends.
with taken as (
    delete from ledger_subjectqueue where ctid = any (array(select ctid from ledger_subjectqueue limit %(most)s))
    returning measure_id, subject
), touched as (
    select distinct measure_id, subject from taken
), told as (
    select c.view, c.ancestor_id as unit_id, t.measure_id, t.subject,
           min(month_index(e.booked)) filter (where e.n = 1) as month,
           coalesce(min(month_index(e.booked)) filter (where e.n = -1), 99999) as until
    from touched t
    join ledger_measure m on m.id = t.measure_id
    join ledger_entry e on e.subject = t.subject and e.measure_id = m.base_id and e.labels @> m.filter
    join units_closure c on c.descendant_id = e.unit_id and e.day >= c.since and e.day < c.until
    join units_unit u on u.id = c.ancestor_id and u.level <> 'branch'
    group by c.view, c.ancestor_id, t.measure_id, t.subject, e.record_id
), spell as (
    select view, unit_id, measure_id, subject, month, max(until) as until
    from told where month < until group by 1, 2, 3, 4, 5
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
), lifted as (
    delete from ledger_sighting s using touched t
    where s.measure_id = t.measure_id and s.subject = t.subject
    returning s.view, s.unit_id, s.measure_id, s.at, s.month, s.previous
), put as (
    insert into ledger_sighting (view, unit_id, measure_id, subject, at, month, previous)
    select view, unit_id, measure_id, subject, at, month, previous from laid where month <> previous
), moved as (
    select view, unit_id, measure_id, x.month, at, sum(x.step) as subjects
    from (select view, unit_id, measure_id, at, month, previous, 1 as step from laid
          union all
          select view, unit_id, measure_id, at, month, previous, -1 from lifted) turns
    cross join lateral (values (month, step), (previous, -step)) x (month, step)
    where x.month >= 0
    group by 1, 2, 3, 4, 5
    having sum(x.step) <> 0
), counted as (
    insert into ledger_seen as stored (view, unit_id, measure_id, month, at, subjects)
    select view, unit_id, measure_id, month, at, subjects from moved order by 1, 2, 3, 4, 5
    on conflict (view, unit_id, measure_id, month, at)
    do update set subjects = stored.subjects + excluded.subjects
)
select count(*) from taken;
