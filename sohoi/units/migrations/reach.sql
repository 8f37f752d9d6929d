-- Where units count on the map of one day: a unit that stands then under itself and all above it; one that has
-- ended under what all its heirs have in common; one that ended without a known heir where its last parent counts.
-- With no units named, all of them.
create function units_reach(map_day date, asked bigint[] default null)
returns table (unit_id bigint, ancestor_id bigint) language sql stable as $$
    with recursive last_place as (
        select distinct on (p.unit_id) p.unit_id, p.parent_id,
               upper(p.during) is null or upper(p.during) > map_day as stands
        from units_placement p
        where lower(p.during) <= map_day
        order by p.unit_id, lower(p.during) desc
    ), next_step(unit_id, next_id) as (
        select l.old_id, l.new_id from units_lineage l join units_act a on a.id = l.act_id and a.day <= map_day
        union all
        select p.unit_id, p.parent_id from last_place p
        where not exists (select from units_lineage l join units_act a on a.id = l.act_id and a.day <= map_day
                          where l.old_id = p.unit_id)
    ), heir(unit_id, at) as (
        select p.unit_id, p.unit_id from last_place p where asked is null or p.unit_id = any(asked)
        union
        select h.unit_id, n.next_id
        from heir h
        join last_place p on p.unit_id = h.at and not p.stands
        join next_step n on n.unit_id = h.at
        where n.next_id is not null
    ), living as (
        select h.unit_id, h.at, count(*) over (partition by h.unit_id) as heirs
        from heir h
        join last_place p on p.unit_id = h.at and p.stands
    )
    select l.unit_id, c.ancestor_id
    from living l
    join units_closure c on c.view = 0 and c.descendant_id = l.at and c.since <= map_day and c.until > map_day
    group by l.unit_id, c.ancestor_id, l.heirs
    having count(*) = l.heirs
$$;
