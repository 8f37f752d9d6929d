-- Households that stand, by branch and key.
select h.id, h.unit_id, h.key
from json_to_recordset(%s::json) as r (unit_id bigint, key text)
join people_household h on h.unit_id = r.unit_id and h.key = r.key
