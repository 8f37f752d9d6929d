-- Which units have said at least once in these months that a month was complete: themselves, one above them, or
-- one below them.
select distinct u.id
from unnest(%(units)s::bigint[]) as u (id)
join units_closure c on c.view = 0 and (c.ancestor_id = u.id or c.descendant_id = u.id)
join ledger_confirmation k on k.unit_id in (c.ancestor_id, c.descendant_id)
where k.month between %(first)s and %(last)s and k.month >= date_trunc('month', c.since) and k.month < c.until
