-- Balances of one age: lines about members of that age, by year of birth, on the asked day; each counts where its unit
-- stands on the map of `map_day` (units_reach), or only for the unit itself (`own`). First by asked unit and year of
-- birth, then by band, so that five bands cost as much as one, and so that no list of branches is walked for each year.
with asked as (
    select distinct base_id, filter from ledger_measure where id = any(%(measures)s)
), reach as materialized (
    select u as unit_id, u as ancestor_id from unnest(%(units)s::bigint[]) as u where %(own)s
    union all
    select r.unit_id, r.ancestor_id from units_reach(%(map_day)s) r
    where not %(own)s and r.ancestor_id = any(%(units)s)
), born as materialized (
    select r.ancestor_id, a.base_id, a.filter, p.birth_year, sum(e.n) as n, sum(e.amount) as amount
    from asked a
    join ledger_entry e on e.measure_id = a.base_id and e.booked <= %(on)s and (a.filter = '{}' or e.labels @> a.filter)
    join reach r on r.unit_id = e.unit_id
    join people_member p on p.id = e.subject
    group by 1, 2, 3, 4
)
select b.ancestor_id, m.id, sum(b.n), sum(b.amount)
from born b
join ledger_measure m on m.id = any(%(measures)s) and m.base_id = b.base_id and m.filter = b.filter
                     and is_aged(b.birth_year, m.age, %(on)s)
group by 1, 2
having sum(b.n) <> 0 or sum(b.amount) <> 0
