-- Balances as they stood, bands of age among them: each line booked up to the last day and written up to a position,
-- where its unit counts on the map of `map_day`. Years of birth are those of today's cards. `first` and `before` narrow
-- to what deeds of an earlier day added in the period; `asked` then names the units that have such deeds.
select r.ancestor_id, m.id, sum(e.n), sum(e.amount)
from units_reach(%(map_day)s, %(asked)s::bigint[]) r
join ledger_entry e on e.unit_id = r.unit_id
join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
left join people_member p on p.id = e.subject
where r.ancestor_id = any(%(units)s) and m.id = any(%(measures)s) and e.booked <= %(last)s and e.id <= %(upto)s
  and (m.age is null or p.id is not null and is_aged(p.birth_year, m.age, %(last)s))
  and (%(before)s::date is null or e.booked >= %(first)s and e.day < %(before)s)
group by 1, 2
having sum(e.n) <> 0 or sum(e.amount) <> 0
