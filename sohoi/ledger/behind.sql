-- The records whose lines make up a figure of one unit, the newest first; at most ten thousand are listed. `upto`: as
-- it stood when that was the last line of the ledger.
select e.record_id
from ledger_measure m
join ledger_entry e on e.measure_id = m.base_id and (m.filter = '{}' or e.labels @> m.filter)
join units_closure c on c.view = %(view)s and c.descendant_id = e.unit_id and c.ancestor_id = %(unit)s
                    and e.day >= c.since and e.day < c.until
where m.id = any(%(bases)s) and e.booked >= %(first)s and e.booked <= %(last)s
  and (%(upto)s::bigint is null or e.id <= %(upto)s)
  and (m.age is null
       or exists (select from people_member p where p.id = e.subject and is_aged(p.birth_year, m.age, %(last)s)))
group by e.record_id
order by max(e.day) desc
limit 10000
