-- One folder at a time in a database: the lock is held until the end of the transaction.
select pg_advisory_xact_lock(7041930)
