-- 300 measures: 250 that entries stand under (150 flows, 50 balances, 50 flows with a household) and for each
-- of the last kind one that counts its households once. How often each is used is Zipf's; branches differ as
-- exp(N(0, 1)). Both become tables of slots: a random slot is a random pick with the right weight.
insert into ledger_measure (id, code, room, label, count, take, base_id, filter, asked, sensitive, threshold)
select g, 'bench-' || g, 'bench', 'Đầu số liệu ' || g, 'lượt', case g % 5 when 0 then 'balance' else 'sum' end, g,
       '{}'::jsonb, '{}'::text[], false, 0
from generate_series(1, 250) g
union all
select 250 + g, 'bench-' || 250 + g, 'bench', 'Số hộ của đầu số liệu ' || b, 'hộ', 'distinct', b, '{}', '{}', false, 0
from generate_series(1, 50) g, lateral (select g * 5 - 3 as b) base;

create unlogged table bench_measure as
select row_number() over (order by m, s) - 1 as slot, m::smallint as measure_id
from generate_series(1, 250) m, generate_series(1, (40000 / m)::int) s;

create unlogged table bench_branch as
with weight as (
    -- Irwin-Hall: twelve uniform numbers less six are near enough to N(0, 1); hashed, so each run is the same.
    select u.id, exp((select sum((hashint8extended(u.id, k) & 1048575) / 1048576.0) - 6
                      from generate_series(1, 12) k)::float8) as w
    from units_unit u where u.level = 'branch'
)
select row_number() over (order by id, s) - 1 as slot, id as unit_id
from weight, generate_series(1, 1 + (3 * w)::int) s;

analyze bench_measure, bench_branch, ledger_measure;

-- Numbers were given by hand: the next one follows them.
select setval(pg_get_serial_sequence('ledger_measure', 'id'), max(id)) from ledger_measure;
