-- Each person or household once, deeds that were taken back not at all. Whole months come from the histogram; when
-- some of these subjects are still queued, or the period has broken months, from the entries. One statement, so
-- both look at the same moment.
with stale as (
    select exists (select from ledger_subjectqueue where measure_id = any(%(measures)s)) or %(broken)s as yes
), histogram as (
    select s.unit_id, s.measure_id, sum(s.subjects)::bigint as subjects
    from ledger_seen s
    where not (select yes from stale) and s.view = %(view)s and s.unit_id = any(%(units)s)
      and s.measure_id = any(%(measures)s)
      and s.month between %(from_month)s and %(to_month)s and s.previous < %(from_month)s
    group by 1, 2
), seen as (
    select c.ancestor_id as unit_id, m.id as measure_id, count(distinct e.subject) as subjects
    from units_closure c
    join ledger_entry e on e.unit_id = c.descendant_id and e.booked between %(first)s and %(last)s
                       and e.day >= c.since and e.day < c.until
    join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
    where (select yes from stale) and c.view = %(view)s and c.ancestor_id = any(%(units)s)
      and m.id = any(%(measures)s) and e.subject is not null and e.n = 1
      and not exists (select from ledger_voiding v where v.record_id = e.record_id)
    group by 1, 2
)
select unit_id, measure_id, subjects, subjects from histogram where subjects <> 0
union all
select unit_id, measure_id, subjects, subjects from seen
