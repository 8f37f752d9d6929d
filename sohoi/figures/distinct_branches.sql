-- Each person or household once, for branches: from their entries, branch by branch (`offset 0` keeps the planner
-- from reading all entries of a measure instead). Records whose lines in the period come to none are not seen.
select unit_id, measure_id, count(distinct subject), count(distinct subject)
from (
    select c.ancestor_id as unit_id, m.id as measure_id, e.subject
    from units_closure c
    cross join lateral (
        select e.measure_id, e.labels, e.subject, e.record_id, e.n
        from ledger_entry e
        where e.unit_id = c.descendant_id and e.booked between %(first)s and %(last)s
          and e.day >= c.since and e.day < c.until and e.subject is not null
        offset 0
    ) e
    join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
    where c.view = %(view)s and c.ancestor_id = any(%(units)s) and m.id = any(%(measures)s)
    group by c.ancestor_id, m.id, e.subject, e.record_id
    having sum(e.n) > 0
) told
group by 1, 2
