-- Locks on units, to the end of the transaction: shared on those that are named and on every unit above them, or (`alone`)
-- exclusive on the named ones. Key 0 is the map: whoever changes it waits for all and all wait for it (closure.sql), and
-- the second statement sees the map as it is then. A unit that has ended goes on in those that came out of it and, without
-- any, in its last parent. From the branch up, then by id: one order for everybody. A function, so that it is planned once
-- for a connection; one by one (`offset 0`), since the planner would rather read the whole closure.
create function ledger_hold(codes text[], units bigint[], alone boolean) returns void language plpgsql
    set plan_cache_mode = force_generic_plan as $$
declare
    unit int;
    own boolean;
begin
    perform pg_advisory_xact_lock_shared(7041931, 0);
    for unit, own in
        with recursive named as (
            select id from units_unit where id = any(units)
            union
            select id from units_unit where code = any(codes)
            union
            select id from units_unit where state_code = any(codes)
        ), line (id) as (
            select id from named
            union
            select n.id from line l cross join lateral (
                select new_id as id from units_lineage where old_id = l.id
                union all
                select p.parent_id from units_placement p
                where p.unit_id = l.id and upper(p.during) is not null and p.parent_id is not null
                  and not exists (select from units_placement q
                                  where q.unit_id = l.id and lower(q.during) > lower(p.during))
            ) n
        ), above as (
            select distinct c.id from line l cross join lateral (
                select ancestor_id as id from units_closure where view = 0 and descendant_id = l.id offset 0
            ) c
        )
        select u.id, alone and u.id in (select id from named)
        from above cross join lateral (select id, level from units_unit where id = above.id offset 0) u
        order by array_position(array['branch', 'base', 'district', 'province', 'centre'], u.level), u.id
    loop
        if own then
            perform pg_advisory_xact_lock(7041931, unit);
        else
            perform pg_advisory_xact_lock_shared(7041931, unit);
        end if;
    end loop;
end $$;
