-- As lock.sql. Nobody waits for the disk: a fold that a crash undoes is in the queue again.
select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(7041930)
