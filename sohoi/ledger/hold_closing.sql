-- Whoever closes or opens a month says so first: those who hold all units shared (hold_all.sql) are let finish.
select pg_advisory_xact_lock_shared(7041931, 0);
lock table ledger_closing in row exclusive mode;
