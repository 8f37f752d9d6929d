-- The units of some levels under a unit on a day with their reports of one form and period: each unit's row as Django
-- reads it, its report, whether what was signed of it stands (not opened again since), its newest version. By the units'
-- names. Walks down from the unit and no deeper than these levels: a province has a hundred communes, and thousands of
-- branches below them.
with recursive down as (
    select %(unit)s::bigint as id
    union all
    select p.unit_id
    from down d
    join units_unit u on u.id = d.id and u.level = any(%(above)s)
    join units_placement p on p.parent_id = d.id and p.during @> %(last)s::date
)
select u.id, u.code, u.state_code, u.level, u.name, u.plain, r.id, coalesce(s.stands, false), v.id, v.number, v.hash
from down d
join units_unit u on u.id = d.id and u.level = any(%(levels)s)
left join reports_report r on r.unit_id = u.id and r.form = %(form)s and r.first = %(first)s and r.last = %(last)s
left join lateral (
    select state = 'signed' as stands from reports_step
    where report_id = r.id and state in ('signed', 'reopened') order by id desc limit 1
) s on true
left join lateral (
    select id, number, hash from reports_version where report_id = r.id order by number desc limit 1
) v on true
order by u.name, u.id
