-- %(lines)s entries, evenly over %(days)s days from %(first)s on, in the order of time; line number i is always
-- the same line. One in fifty was told late and counts five weeks after its day. A household's id is its branch's
-- times 64 and a small number: eight households of each branch are helped, again and again; one deed in fifty
-- goes to another branch's household.
insert into ledger_entry (record_id, unit_id, measure_id, day, booked, n, amount, labels, subject, declared)
select md5(g.i::text)::uuid, b.unit_id, m.measure_id,
       r.booked - case when r.draw %% 50 = 0 then 35 else 0 end, r.booked, 1,
       case when m.measure_id %% 5 = 0 then r.draw %% 9 - 3
            when m.measure_id %% 7 = 0 then (1 + r.draw %% 20) * 50000
            else 1 + r.draw %% 5 end,
       '{}',
       case when m.measure_id %% 5 = 2 then
           64 * case when r.draw %% 49 = 0 then h.lowest + r.draw %% h.branches else b.unit_id end + r.draw / 64 %% 8
       end,
       false
from (select count(*) as slots, min(unit_id) as lowest, count(distinct unit_id) as branches from bench_branch) h
cross join (select count(*) as slots from bench_measure) w
cross join generate_series(%(from)s::bigint, %(from)s::bigint + %(lines)s - 1) g (i)
cross join lateral (
    select %(first)s::date + ((g.i - %(from)s) * %(days)s / %(lines)s)::int as booked,
           hashint8extended(g.i, 11) & 9007199254740991 as draw
) r
join bench_branch b on b.slot = (hashint8extended(g.i, 12) & 9007199254740991) %% h.slots
join bench_measure m on m.slot = (hashint8extended(g.i, 13) & 9007199254740991) %% w.slots;
