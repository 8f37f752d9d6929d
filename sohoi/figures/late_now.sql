-- What deeds of before a period add in it, as the ledger stands now: per unit and measure; a line counts where its unit
-- stood on the deed's day, that of a balance where it stands today. Subjects once each, of records whose late lines
-- come to more than none.
with line as materialized (
    select c.view, c.ancestor_id, e.measure_id, e.labels, e.record_id, e.subject, e.n, e.amount
    from units_closure c
    join ledger_entry e on e.unit_id = c.descendant_id and e.day <> e.booked and e.day < %(first)s
                       and e.booked between %(first)s and %(last)s and e.day >= c.since and e.day < c.until
    where c.ancestor_id = any(%(units)s) and c.view in (%(view)s, %(today)s)
)
select l.ancestor_id, m.id, sum(l.n)::bigint, sum(l.amount)::bigint
from line l
join ledger_measure m on m.base_id = l.measure_id and l.labels @> m.filter
where l.view = case m.take when 'balance' then %(today)s else %(view)s end and m.id = any(%(added)s)
group by 1, 2
having sum(l.n) <> 0 or sum(l.amount) <> 0
union all
select ancestor_id, measure_id, count(distinct subject), count(distinct subject)
from (
    select l.ancestor_id, m.id as measure_id, l.subject
    from line l
    join ledger_measure m on m.base_id = l.measure_id and l.labels @> m.filter
    where l.view = %(view)s and m.id = any(%(subjects)s) and l.subject is not null
    group by l.ancestor_id, m.id, l.subject, l.record_id
    having sum(l.n) > 0
) told
group by 1, 2
