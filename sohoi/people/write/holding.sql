-- The registers of these branches and of the branches that keep these cards, shared or alone, one after the other in one
-- order, to the end of the transaction. More than `most` branches are not locked one by one. Before the branches stand
-- two places for all: everybody shares -1, and who has very many alone has it alone; who has some alone shares 0, and who
-- shares very many has it alone, so that nobody has one of them alone meanwhile.
with named (branch) as materialized (
    select unit::int from unnest(%(units)s::bigint[]) as told (unit)
    union
    select unit_id::int from people_member where id = any(%(cards)s::bigint[]) and unit_id is not null
), asked (many, alone) as materialized (
    select count(*) > %(most)s, %(alone)s::boolean from named
)
select case when alone then pg_advisory_xact_lock(7041932, place)::text
            else pg_advisory_xact_lock_shared(7041932, place)::text end
from (
    select -1 as place, many and alone as alone from asked
    union all
    select 0, many from asked where many <> alone
    union all
    select branch, alone from named, asked where not many
    order by place
    offset 0
) held
