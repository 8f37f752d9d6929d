-- Persons and households as they stood, each once: of records whose lines booked in the period and written up to a
-- position come to more than none. `before`: only deeds of an earlier day.
select unit_id, measure_id, count(distinct subject), count(distinct subject)
from (
    select c.ancestor_id as unit_id, m.id as measure_id, e.subject
    from units_closure c
    join ledger_entry e on e.unit_id = c.descendant_id and e.day >= c.since and e.day < c.until
    join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
    where c.view = %(view)s and c.ancestor_id = any(%(units)s) and m.id = any(%(measures)s)
      and e.booked between %(first)s and %(last)s and e.id <= %(upto)s and e.subject is not null
      and (%(before)s::date is null or e.day < %(before)s)
    group by c.ancestor_id, m.id, e.subject, e.record_id
    having sum(e.n) > 0
) told
group by 1, 2
