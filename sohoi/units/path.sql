-- The units above one on a day, and itself.
select u.id, u.code, u.state_code, u.level, u.name, u.plain
from units_closure c
join units_unit u on u.id = c.ancestor_id
where c.view = 0 and c.descendant_id = %s and c.since <= %s and c.until > %s
