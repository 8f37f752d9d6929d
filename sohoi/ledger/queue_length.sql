-- How much is waiting to be folded, and since when.
select count(*), coalesce(extract(epoch from now() - min(queued_at)), 0) from ledger_queue
