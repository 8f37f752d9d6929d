-- Which months of some units are closed by a unit above them: the closings that bind, with the days on which the unit
-- stood under the other in that month; after its last day it is bound where it counts on today's map.
select distinct k.unit_id, k.month, c.descendant_id
from ledger_closing k
join units_closure c on c.ancestor_id = k.unit_id and c.descendant_id = any(%(units)s)
cross join lateral (
    select max(w.until) as day from units_closure w
    where w.view = 0 and w.descendant_id = c.descendant_id and w.ancestor_id = c.descendant_id
) ended
where k.month = any(%(months)s::date[]) and k.unit_id <> all(%(units)s)
  and not exists (select from ledger_reopening r where r.closing_id = k.id)
  and (c.view = 0 and c.since < k.month + interval '1 month' and c.until > k.month
       or c.view = 1 and ended.day < k.month + interval '1 month')
order by k.month, k.unit_id
