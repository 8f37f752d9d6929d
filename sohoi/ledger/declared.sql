-- What changes whenever a measure does.
select token from ledger_declared
