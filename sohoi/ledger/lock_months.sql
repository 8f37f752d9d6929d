-- Those who write and void share this lock; whoever closes a month has it alone: no deed slips into a month while it
-- is being closed. Held until the end of the transaction.
select case when %(alone)s then pg_advisory_xact_lock(7041931) else pg_advisory_xact_lock_shared(7041931) end
