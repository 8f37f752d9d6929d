-- Locks on units, to the end of the transaction: shared on those that are named and on every unit above them, or (`alone`)
-- exclusive on the named ones. Key 0 is the map: whoever changes it waits for all and all wait for it (closure.sql), and
-- the second statement sees the map as it is then. A unit that has ended goes on in those that came out of it and, without
-- any, in its last parent. From the branch up, then by id: one order for everybody.
select pg_advisory_xact_lock_shared(7041931, 0);

with recursive named as (
    select id from units_unit where id = any(%(units)s::bigint[])
    union
    select id from units_unit where code = any(%(codes)s::text[])
    union
    select id from units_unit where state_code = any(%(codes)s::text[])
), line (id) as (
    select id from named
    union
    select n.id from line l cross join lateral (
        select new_id as id from units_lineage where old_id = l.id
        union all
        select p.parent_id from units_placement p
        where p.unit_id = l.id and upper(p.during) is not null and p.parent_id is not null
          and not exists (select from units_placement q where q.unit_id = l.id and lower(q.during) > lower(p.during))
    ) n
), above as (
    select distinct c.ancestor_id as id from line l join units_closure c on c.view = 0 and c.descendant_id = l.id
), in_order as materialized (
    select u.id from above join units_unit u on u.id = above.id
    order by array_position(array['branch', 'base', 'district', 'province', 'centre'], u.level), u.id
)
select case when %(alone)s and id in (select id from named) then pg_advisory_xact_lock(7041931, id::int)
            else pg_advisory_xact_lock_shared(7041931, id::int) end
from in_order
