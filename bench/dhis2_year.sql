-- One year of the table and its nine indexes.
create table {part} partition of bench_analytics for values in ({year});
insert into {part}
with path as (
    select c.descendant_id as unit_id,
           max(b.uid) filter (where b.level = 'centre') as l1, max(b.uid) filter (where b.level = 'province') as l2,
           max(b.uid) filter (where b.level = 'base') as l3, max(b.uid) filter (where b.level = 'branch') as l4
    from units_closure c join bench_uid b on b.id = c.ancestor_id
    where c.view = 1
    group by 1
), cell as (
    select e.unit_id, e.measure_id, date_trunc('month', e.booked)::date as month, sum(e.amount) as amount
    from ledger_entry e
    where e.booked >= make_date({year}, 1, 1) and e.booked < make_date({year} + 1, 1, 1)
    group by 1, 2, 3
)
select substr(md5('measure' || c.measure_id), 1, 11), coalesce(p.l4, p.l3, p.l2, p.l1), 4, p.l1, p.l2, p.l3, p.l4,
       to_char(c.month, 'YYYYMM'), to_char(c.month, 'YYYY"Q"Q'),
       to_char(c.month, 'YYYY"S"') || (1 + (extract(month from c.month)::int - 1) / 6), to_char(c.month, 'YYYY'),
       {year}, c.month, (c.month + interval '1 month - 1 day')::date, c.amount
from cell c join path p on p.unit_id = c.unit_id;
create index on {part} (dx);
create index on {part} (ou);
create index on {part} (uidlevel2);
create index on {part} (uidlevel3);
create index on {part} (uidlevel4);
create index on {part} (monthly);
create index on {part} (quarterly);
create index on {part} (sixmonthly);
create index on {part} (yearly);
vacuum (analyze) {part};
