-- Each person or household once, for branches: from their entries, branch by branch (`offset 0` keeps the planner
-- from reading all entries of a measure instead). Deeds that were taken back are not seen.
select c.ancestor_id, m.id, count(distinct e.subject), count(distinct e.subject)
from units_closure c
cross join lateral (
    select e.measure_id, e.labels, e.subject, e.record_id
    from ledger_entry e
    where e.unit_id = c.descendant_id and e.booked between %(first)s and %(last)s
      and e.day >= c.since and e.day < c.until and e.subject is not null and e.n = 1
    offset 0
) e
join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
where c.view = %(view)s and c.ancestor_id = any(%(units)s) and m.id = any(%(measures)s)
  and not exists (select from ledger_voiding v where v.record_id = e.record_id)
group by 1, 2
