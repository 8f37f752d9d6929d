-- What the box finds inside a commune for a name without marks, by SQL written for that alone: same rows, same order.
with near as (
    select id from people_member
    where unit_id = any (array(select descendant_id from units_closure where view = 1 and ancestor_id = %(commune)s))
      and same_as_id is null and erased_on is null
      and (plain like %(begins)s or words @@ to_tsquery('simple', %(any_order)s))
    limit 501
)
select m.id, m.name, m.birth_year, m.phone, m.id_tail, m.active, m.unit_id, count(*) over ()
from near join people_member m using (id)
order by m.active desc, m.plain = %(plain)s desc, m.words @@ to_tsquery('simple', %(whole)s) desc,
         substring(m.plain from '[^ ]+$') = any (%(words)s) desc, m.plain like %(begins)s desc, m.sort collate "C", m.id
limit 20
