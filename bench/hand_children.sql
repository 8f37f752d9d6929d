-- The reports below with where each stands and what was signed last, as one writes it by hand.
select u.id, u.name, r.id, s.state, s.at, a.full_name, v.number, v.hash
from units_closure c
join units_unit u on u.id = c.descendant_id and u.level = %(level)s
left join reports_report r on r.unit_id = u.id and r.form = %(form)s and r.first = '2026-06-01' and r.last = '2026-06-30'
left join lateral (select state, at, by_id from reports_step where report_id = r.id order by id desc limit 1) s on true
left join rights_account a on a.id = s.by_id
left join lateral (select number, hash from reports_version where report_id = r.id order by number desc limit 1) v on true
where c.view = 0 and c.ancestor_id = %(unit)s and c.since <= '2026-06-30' and c.until > '2026-06-30'
order by u.name
