-- What the lines of some days come to, by the kind of their deeds, told (n = 1) and taken back (n = -1) apart; `late`
-- is the part of deeds that happened before these days. A flow's line counts where its unit stood on the deed's day; a
-- balance's (`standing`) where its unit stands on the map of `map_day`.
with reach as (
    select c.descendant_id as unit_id, c.since, c.until
    from units_closure c
    where not %(standing)s and c.view = %(view)s and c.ancestor_id = %(unit)s
    union all
    select r.unit_id, date '-infinity', date 'infinity'
    from units_reach(%(map_day)s) r
    where %(standing)s and r.ancestor_id = %(unit)s
)
select m.id, e.n, (array_agg(k.label order by k.version desc))[1], count(distinct e.record_id),
       sum(e.amount), coalesce(sum(e.amount) filter (where e.day < %(first)s), 0)
from reach c
join units_unit u on u.id = c.unit_id and (%(level)s = '' or u.level = %(level)s)
join ledger_entry e on e.unit_id = u.id and e.booked between %(first)s and %(last)s
                   and e.day >= c.since and e.day < c.until
join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
join ledger_record r on r.id = e.record_id
join ledger_kind k on k.id = r.kind_id
where m.id = any(%(measures)s)
group by m.id, e.n, k.code
