-- New deeds of the last half-year in branches all over the country, flows only, written as the gate writes them:
-- the trigger puts a line for each into the queue.
insert into ledger_entry (record_id, unit_id, measure_id, day, booked, n, amount)
select md5('record' || i)::uuid, b.unit_id, 1 + (i %% 49) * 5, d.day, d.day, 1, 1 + i %% 5
from generate_series(1, %(lines)s) i
join bench_branch b on b.slot = i * 307
cross join lateral (select %(first)s::date + (i %% 180)::int as day) d
