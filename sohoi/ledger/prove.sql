-- Re-sum everything from the entries and print each stored number that differs. Nothing found = proved.
with lines as (
    select e.unit_id, e.day, month_index(e.booked) as month, m.id as measure_id, sum(e.n) as n, sum(e.amount) as amount
    from ledger_entry e
    join ledger_measure m on m.base_id = e.measure_id and e.labels @> m.filter
    where not e.declared and m.take in ('sum', 'balance') and m.age is null
    group by 1, 2, 3, 4
), risen as (
    select c.view, c.ancestor_id as unit_id, l.month, l.measure_id, l.n, l.amount
    from lines l
    join units_closure c on c.descendant_id = l.unit_id and l.day >= c.since and l.day < c.until
    join units_unit u on u.id = c.ancestor_id and u.level <> 'branch'
), waiting as (
    select c.view, c.ancestor_id as unit_id, q.month, q.measure_id, q.n, q.amount
    from ledger_queue q
    join units_closure c on c.descendant_id = q.unit_id and q.day >= c.since and q.day < c.until
    join units_unit u on u.id = c.ancestor_id and u.level <> 'branch'
), months as (
    select view, unit_id, month as at, measure_id, sum(n) as n, sum(amount) as amount
    from (select view, unit_id, month, measure_id, n, amount from risen
          union all select view, unit_id, month, measure_id, -n, -amount from ledger_total
          union all select view, unit_id, month, measure_id, -n, -amount from waiting) d
    group by 1, 2, 3, 4 having sum(n) <> 0 or sum(amount) <> 0
), years as (
    select view, unit_id, at, measure_id, sum(n) as n, sum(amount) as amount
    from (select view, unit_id, month / 12 as at, measure_id, n, amount from risen
          union all select view, unit_id, year, measure_id, -n, -amount from ledger_yeartotal
          union all select view, unit_id, month / 12, measure_id, -n, -amount from waiting) d
    group by 1, 2, 3, 4 having sum(n) <> 0 or sum(amount) <> 0
), told as (  -- sightings as fold_distinct.sql lays them
    select c.view, c.ancestor_id as unit_id, m.id as measure_id, e.subject,
           min(month_index(e.booked)) filter (where e.n = 1) as month,
           coalesce(min(month_index(e.booked)) filter (where e.n = -1), 99999) as until
    from ledger_entry e
    join ledger_measure m on m.base_id = e.measure_id and e.labels @> m.filter and m.take = 'distinct'
    join units_closure c on c.descendant_id = e.unit_id and e.day >= c.since and e.day < c.until
    join units_unit u on u.id = c.ancestor_id and u.level <> 'branch'
    where e.subject is not null
      and not exists (select from ledger_subjectqueue w where w.measure_id = m.id and w.subject = e.subject)
    group by c.view, c.ancestor_id, m.id, e.subject, e.record_id
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
    union all  -- those still waiting are compared as they were folded last
    select s.view, s.unit_id, s.measure_id, s.subject, s.at, s.month, s.previous from ledger_sighting s
    where exists (select from ledger_subjectqueue w where w.measure_id = s.measure_id and w.subject = s.subject)
), seen as (
    select view, unit_id, month as at, measure_id, sum(step) as n, 0::numeric as amount
    from (select view, unit_id, measure_id, x.month, at, x.step
          from laid cross join lateral (values (month, 1), (previous, -1)) x (month, step) where x.month >= 0
          union all select view, unit_id, measure_id, month, at, -subjects from ledger_seen) d
    group by view, unit_id, month, measure_id, d.at having sum(step) <> 0
), sighted as (
    select view, unit_id, at, measure_id, sum(step) as n, 0::numeric as amount
    from (select view, unit_id, measure_id, subject, at, month, previous, 1 as step from laid where month <> previous
          union all select view, unit_id, measure_id, subject, at, month, previous, -1 from ledger_sighting) d
    group by view, unit_id, measure_id, subject, at, month, previous having sum(step) <> 0
), ended as (  -- of a branch that has ended cards are still put right; its lines count on today's map
    select unit_id, max(coalesce(upper(during), date '9999-12-31')) as on_day from units_placement group by unit_id
), homeless as (
    select 0 as view, l.unit_id, l.month as at, l.measure_id, l.n, l.amount
    from lines l
    where not exists (select from units_closure c join units_unit u on u.id = c.ancestor_id and u.level = 'centre'
                      where c.descendant_id = l.unit_id and l.day >= c.since and l.day < c.until
                        and (c.view = 0 or l.day >= (select on_day from ended where unit_id = l.unit_id)))
)
select 'month', months.* from months
union all select 'year', years.* from years
union all select 'distinct', seen.* from seen
union all select 'sighting', sighted.* from sighted
union all select 'no-place', homeless.* from homeless
order by 1, 2, 3, 4, 5
