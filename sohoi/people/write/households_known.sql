-- Households that stand, by branch and key.
select h.id, h.unit_id, h.key
from unnest(%(units)s::bigint[], %(keys)s::text[]) as r (unit_id, key)
join people_household h on h.unit_id = r.unit_id and h.key = r.key
