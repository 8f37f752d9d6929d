-- Households by branch and key; missing ones are written down, once whoever else asks meanwhile.
with told as (
    select * from unnest(%(units)s::bigint[], %(keys)s::text[], %(labels)s::text[], %(plains)s::text[])
        as r (unit_id, key, label, plain)
), made as (
    insert into people_household (unit_id, key, label, plain, address)
    select unit_id, key, label, plain, '' from told order by unit_id, key
    on conflict (unit_id, key) do nothing
    returning id, unit_id, key
)
select id, unit_id, key from made
