-- For each touched subject: lay its sightings anew from its entries (records taken back not at all), and move the
-- histogram by the difference. One statement, as the fold of totals.
with taken as (
    delete from ledger_subjectqueue where ctid = any (array(select ctid from ledger_subjectqueue limit %(most)s))
    returning measure_id, subject
), touched as (
    select distinct measure_id, subject from taken
), fresh as (
    select distinct c.view, c.ancestor_id as unit_id, t.measure_id, t.subject, month_index(e.booked) as month
    from touched t
    join ledger_measure m on m.id = t.measure_id
    join ledger_entry e on e.subject = t.subject and e.measure_id = m.base_id and e.labels @> m.filter
    join units_closure c on c.descendant_id = e.unit_id and e.day >= c.since and e.day < c.until
    join units_unit u on u.id = c.ancestor_id and u.level <> 'branch'
    where e.n = 1 and not exists (select from ledger_voiding v where v.record_id = e.record_id)
), laid as (
    select view, unit_id, measure_id, subject, month,
           coalesce(lag(month) over (partition by view, unit_id, measure_id, subject order by month), -1) as previous
    from fresh
), lifted as (
    delete from ledger_sighting s using touched t
    where s.measure_id = t.measure_id and s.subject = t.subject
    returning s.view, s.unit_id, s.measure_id, s.month, s.previous
), put as (
    insert into ledger_sighting (view, unit_id, measure_id, subject, month, previous)
    select view, unit_id, measure_id, subject, month, previous from laid
), moved as (
    select view, unit_id, measure_id, month, previous, sum(step) as subjects
    from (select view, unit_id, measure_id, month, previous, 1 as step from laid
          union all
          select view, unit_id, measure_id, month, previous, -1 from lifted) steps
    group by 1, 2, 3, 4, 5
    having sum(step) <> 0
), counted as (
    insert into ledger_seen as stored (view, unit_id, measure_id, month, previous, subjects)
    select view, unit_id, measure_id, month, previous, subjects from moved order by 1, 2, 3, 4, 5
    on conflict (view, unit_id, measure_id, month, previous)
    do update set subjects = stored.subjects + excluded.subjects
)
select count(*) from touched;
