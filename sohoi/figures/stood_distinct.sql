-- Persons and households as they stood, each once: those of lines booked in the period and written up to a position
-- whose record had no opposite lines by then. `before`: only deeds of an earlier day.
select c.ancestor_id, m.id, count(distinct e.subject), count(distinct e.subject)
from units_closure c
join ledger_entry e on e.unit_id = c.descendant_id and e.day >= c.since and e.day < c.until
join ledger_measure m on m.base_id = e.measure_id and e.labels @> m.filter
where c.view = %(view)s and c.ancestor_id = any(%(units)s) and m.id = any(%(measures)s)
  and e.booked between %(first)s and %(last)s and e.id <= %(upto)s and e.subject is not null and e.n = 1
  and (%(before)s::date is null or e.day < %(before)s)
  and not exists (select from ledger_entry o where o.record_id = e.record_id and o.n = -1 and o.id <= %(upto)s)
group by 1, 2
