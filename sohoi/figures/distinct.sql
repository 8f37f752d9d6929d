-- Each person or household once: of records whose lines in the period come to more than none, so one that was taken back
-- later is still seen (decision 0006). Whole months come from the histogram; when
-- some of these subjects are still queued, or the period has broken months, from the entries. One statement, so
-- both look at the same moment.
with stale as (
    select exists (select from ledger_subjectqueue where measure_id = any(%(measures)s)) or %(broken)s as yes
), histogram as (
    select s.unit_id, s.measure_id, sum(s.subjects)::bigint as subjects
    from ledger_seen s
    where not (select yes from stale) and s.view = %(view)s and s.unit_id = any(%(units)s)
      and s.measure_id = any(%(measures)s)
      and s.month between %(from_month)s and %(to_month)s and s.at <= %(to_month)s
    group by 1, 2
), told as (
    select c.ancestor_id as unit_id, m.id as measure_id, e.subject
    from units_closure c
    join ledger_entry e on e.unit_id = c.descendant_id and e.booked between %(first)s and %(last)s
                       and e.day >= c.since and e.day < c.until
    join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
    where (select yes from stale) and c.view = %(view)s and c.ancestor_id = any(%(units)s)
      and m.id = any(%(measures)s) and e.subject is not null
    group by c.ancestor_id, m.id, e.subject, e.record_id
    having sum(e.n) > 0
), seen as (
    select unit_id, measure_id, count(distinct subject) as subjects from told group by 1, 2
)
select unit_id, measure_id, subjects, subjects from histogram where subjects <> 0
union all
select unit_id, measure_id, subjects, subjects from seen
