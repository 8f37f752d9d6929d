-- One unit that keeps totals, over several periods of whole months, in one go: rows of (way, at, measure, n, amount).
-- Way 0: sums, of flows by period, of balances by last day. A `piece` is one month or year (`cell`) that one of them
-- reads, `wanted` which measures are read in which pieces. Way 1: subjects, each once, by period, from the histogram.
-- Way 2: one row, its n is 1 when some of these subjects are still queued and way 1 says nothing.
with piece as materialized (
    select *
    from unnest(%(ats)s::int[], %(standing)s::bool[], %(yearly)s::bool[], %(cells)s::int[]) p (at, standing, yearly, cell)
), wanted as materialized (
    select unnest(%(flows)s::int[]) as id, false as standing
    union all
    select unnest(%(balances)s::int[]), true
), stored as (
    select p.at, p.standing, t.measure_id, t.n, t.amount
    from piece p
    join ledger_total t on t.view = case when p.standing then %(today)s else %(view)s end and t.unit_id = %(unit)s
                       and t.month = p.cell
    where not p.yearly
    union all
    select p.at, p.standing, t.measure_id, t.n, t.amount
    from piece p
    join ledger_yeartotal t on t.view = case when p.standing then %(today)s else %(view)s end and t.unit_id = %(unit)s
                           and t.year = p.cell
    where p.yearly
    union all
    select p.at, p.standing, q.measure_id, q.n, q.amount
    from ledger_queue q
    join units_closure c on c.descendant_id = q.unit_id and c.ancestor_id = %(unit)s
                        and q.day >= c.since and q.day < c.until
    join piece p on c.view = case when p.standing then %(today)s else %(view)s end
                and p.cell = case when p.yearly then q.month / 12 else q.month end
)
select 0, s.at, s.measure_id, sum(s.n)::bigint, sum(s.amount)::bigint
from stored s
join wanted w on w.id = s.measure_id and w.standing = s.standing
group by s.at, s.measure_id
union all
select 1, x.at, s.measure_id, sum(s.subjects)::bigint, sum(s.subjects)::bigint
from unnest(%(xats)s::int[], %(froms)s::int[], %(tos)s::int[]) x (at, first, last)
join ledger_seen s on s.view = %(view)s and s.unit_id = %(unit)s and s.month between x.first and x.last
                  and s.at <= x.last
where s.measure_id = any(%(subjects)s)
group by x.at, s.measure_id
union all
select 2, 0, 0, exists (select from ledger_subjectqueue where measure_id = any(%(subjects)s))::int, 0
