-- For each asked report: how many units of the levels that write the lower form stood below its unit on its last day, and
-- how many of them have sent theirs for the same days: signed, and not opened again since. Levels come in pairs (lower form, level), since a lower form may
-- be written at several.
select asked.unit, asked.form, asked.first, count(distinct below.id), count(distinct report.unit_id)
from unnest(%(units)s::bigint[], %(forms)s::text[], %(lowers)s::text[], %(firsts)s::date[], %(lasts)s::date[])
    as asked (unit, form, lower, first, last)
join unnest(%(codes)s::text[], %(levels)s::text[]) as writes (lower, level) on writes.lower = asked.lower
join units_closure closure
    on closure.view = %(view)s and closure.ancestor_id = asked.unit
    and closure.since <= asked.last and closure.until > asked.last
join units_unit below on below.id = closure.descendant_id and below.level = writes.level
left join reports_report report
    on report.unit_id = below.id and report.form = asked.lower
    and report.first = asked.first and report.last = asked.last
    and (select step.state from reports_step step
         where step.report_id = report.id and step.state in ('signed', 'reopened') order by step.id desc limit 1) = 'signed'
group by asked.unit, asked.form, asked.first
