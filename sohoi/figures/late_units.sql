-- Units with deeds that count in a period and happened before it: there are few, and to ask them alone spares laying out
-- the map of a whole country.
select distinct e.unit_id
from ledger_entry e
join ledger_measure m on m.base_id = e.measure_id
where e.day <> e.booked and e.booked between %(first)s and %(last)s and e.day < %(before)s and e.id <= %(upto)s
  and m.id = any(%(measures)s)
