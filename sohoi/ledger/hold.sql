-- A writer's locks, or those of whoever closes (`alone`): migrations/hold.sql.
select ledger_hold(%(codes)s::text[], %(units)s::bigint[], %(alone)s)
