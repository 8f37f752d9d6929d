-- Balances on a past day whose map is no longer today's: each line counts where its unit stood on the ASKED day,
-- the ended ones following lineage up to that day; read from the entries.
with recursive alive as (
    select unit_id from units_placement where during @> %(on)s::date
), heir(unit_id, at) as (
    select distinct e.unit_id, e.unit_id
    from ledger_entry e join ledger_measure m on m.base_id = e.measure_id
    where m.id = any(%(measures)s) and e.booked <= %(on)s
    union
    select h.unit_id, l.new_id
    from heir h join units_lineage l on l.old_id = h.at
    where h.at not in (select unit_id from alive)
), living as (
    select h.unit_id, h.at, count(*) over (partition by h.unit_id) as heirs
    from heir h where h.at in (select unit_id from alive)
), reach as (
    select l.unit_id, c.ancestor_id
    from living l
    join units_closure c on c.view = 0 and c.descendant_id = l.at and c.since <= %(on)s and c.until > %(on)s
    where c.ancestor_id = any(%(units)s)
    group by l.unit_id, c.ancestor_id, l.heirs
    having count(*) = l.heirs
)
select r.ancestor_id, m.id, sum(e.n), sum(e.amount)
from reach r
join ledger_entry e on e.unit_id = r.unit_id and e.booked <= %(on)s
join ledger_measure m on m.base_id = e.measure_id and e.labels @> m.filter
where m.id = any(%(measures)s)
group by 1, 2
