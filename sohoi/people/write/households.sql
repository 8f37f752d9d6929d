-- Households by branch and key; missing ones are written down, once whoever else asks meanwhile. Says which are new.
with told as (
    select * from json_to_recordset(%s::json) as r (unit_id bigint, key text, label text, plain text)
), known as (
    select h.id, h.unit_id, h.key from told t join people_household h on h.unit_id = t.unit_id and h.key = t.key
), made as (
    insert into people_household (unit_id, key, label, plain, address)
    select unit_id, key, label, plain, '' from told
    where (unit_id, key) not in (select unit_id, key from known) order by unit_id, key
    on conflict (unit_id, key) do nothing
    returning id, unit_id, key
)
select id, unit_id, key, false from known
union all
select id, unit_id, key, true from made
