-- What was written in the ledger after one position and up to another and changes figures of a unit: per measure and
-- record what its lines add, the newest first, at most ten thousand. A record told and taken back in between cancels
-- out. Flows count where the unit stood on the deed's day, balances and declared levels on the map of `map_day`.
with reach as materialized (
    select c.descendant_id as unit_id, c.since, c.until, false as standing
    from units_closure c where c.view = %(view)s and c.ancestor_id = %(unit)s
    union all
    select r.unit_id, date '0001-01-01', date '9999-12-31', true
    from units_reach(%(map_day)s) r where r.ancestor_id = %(unit)s
)
select m.id, e.record_id, sum(e.amount)::bigint, bool_or(e.n = -1)
from ledger_measure m
join ledger_entry e on e.measure_id = m.base_id and (m.filter = '{}' or e.labels @> m.filter)
join reach r on r.unit_id = e.unit_id and r.standing = (m.take in ('balance', 'last'))
            and e.day >= r.since and e.day < r.until
left join people_member p on p.id = e.subject
where m.id = any(%(measures)s) and not m.sensitive and e.id > %(after)s and e.id <= %(upto)s
  and e.booked <= %(last)s and (e.booked >= %(first)s or r.standing)
  and (m.age is null or p.id is not null and is_aged(p.birth_year, m.age, %(last)s))
group by m.id, e.record_id
having sum(e.n) <> 0 or sum(e.amount) <> 0
order by max(e.id) desc
limit 10000
