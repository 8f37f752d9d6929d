-- For deeds of more units than are locked one by one: while this is held nobody closes or opens a month anywhere, and
-- others who hold it, or write, go on. To the end of the transaction.
select pg_advisory_xact_lock_shared(7041931, 0);
lock table ledger_closing in share mode;
