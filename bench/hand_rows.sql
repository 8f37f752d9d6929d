-- What the rows of the table are called and counted in.
select id, code, label, count, take from ledger_measure where id = any(%(flows)s || %(balances)s || %(distincts)s)
