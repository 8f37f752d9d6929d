-- Re-sum everything from the entries and print each stored number that differs. Nothing found = proved.
with lines as (
    select e.unit_id, e.day, month_index(e.booked) as month, m.id as measure_id, m.take, e.subject,
           sum(e.n) as n, sum(e.amount) as amount
    from ledger_entry e
    join ledger_measure m on m.base_id = e.measure_id and e.labels @> m.filter
    where not e.declared
    group by 1, 2, 3, 4, 5, 6
), risen as (
    select c.view, c.ancestor_id as unit_id, l.month, l.measure_id, l.take, l.subject, l.n, l.amount
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
    from (select view, unit_id, month, measure_id, n, amount from risen where take in ('sum', 'balance')
          union all select view, unit_id, month, measure_id, -n, -amount from ledger_total
          union all select view, unit_id, month, measure_id, -n, -amount from waiting) d
    group by 1, 2, 3, 4 having sum(n) <> 0 or sum(amount) <> 0
), years as (
    select view, unit_id, at, measure_id, sum(n) as n, sum(amount) as amount
    from (select view, unit_id, month / 12 as at, measure_id, n, amount from risen where take in ('sum', 'balance')
          union all select view, unit_id, year, measure_id, -n, -amount from ledger_yeartotal
          union all select view, unit_id, month / 12, measure_id, -n, -amount from waiting) d
    group by 1, 2, 3, 4 having sum(n) <> 0 or sum(amount) <> 0
), fresh as (
    select view, unit_id, measure_id, subject, month from risen
    where take = 'distinct' and subject is not null
      and not exists (select from ledger_subjectqueue w
                      where w.measure_id = risen.measure_id and w.subject = risen.subject)
    group by 1, 2, 3, 4, 5 having sum(n) > 0
), laid as (
    select view, unit_id, measure_id, month, subject,
           coalesce(lag(month) over (partition by view, unit_id, measure_id, subject order by month), -1) as previous
    from fresh
), seen as (
    select view, unit_id, month as at, measure_id, sum(step) as n, 0::numeric as amount
    from (select view, unit_id, measure_id, month, previous, 1 as step from laid
          union all
          select view, unit_id, measure_id, month, previous, -subjects from ledger_seen
          union all
          select s.view, s.unit_id, s.measure_id, s.month, s.previous, 1 from ledger_sighting s
          where exists (select from ledger_subjectqueue w
                        where w.measure_id = s.measure_id and w.subject = s.subject)) d
    group by view, unit_id, month, measure_id, previous having sum(step) <> 0
), homeless as (
    select 0 as view, l.unit_id, l.month as at, l.measure_id, l.n, l.amount
    from lines l
    where not exists (select from units_closure c
                      where c.view = 0 and c.descendant_id = l.unit_id and l.day >= c.since and l.day < c.until)
)
select 'month', months.* from months
union all select 'year', years.* from years
union all select 'distinct', seen.* from seen
union all select 'no-place', homeless.* from homeless
order by 1, 2, 3, 4, 5
