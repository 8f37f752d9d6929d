-- The registers of these branches and of the branches that keep these cards, shared or alone, one after the other in one
-- order, to the end of the transaction.
select case when %(alone)s then pg_advisory_xact_lock(7041932, branch)::text
            else pg_advisory_xact_lock_shared(7041932, branch)::text end
from (
    select unit::int as branch from unnest(%(units)s::bigint[]) as named (unit)
    union
    select unit_id::int from people_member where id = any(%(cards)s::bigint[]) and unit_id is not null
    order by branch
    offset 0
) held
