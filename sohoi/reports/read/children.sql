-- The units of some levels under (or at) a unit on a day with their reports of one form and period: each unit's row as
-- Django reads it, its report, the newest step's state, the newest version that was signed. By the units' names.
select u.id, u.code, u.state_code, u.level, u.name, u.plain, r.id, s.state, v.id, v.number, v.hash
from units_closure c
join units_unit u on u.id = c.descendant_id and u.level = any(%(levels)s)
left join reports_report r on r.unit_id = u.id and r.form = %(form)s and r.first = %(first)s and r.last = %(last)s
left join lateral (select state from reports_step where report_id = r.id order by id desc limit 1) s on true
left join lateral (
    select id, number, hash from reports_version where report_id = r.id order by number desc limit 1
) v on true
where c.view = 0 and c.ancestor_id = %(unit)s and c.since <= %(last)s and c.until > %(last)s
order by u.name, u.id
