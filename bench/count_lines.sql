-- Distinct households of the nation straight from the entries.
select %(nation)s, m.id, count(distinct e.subject), count(distinct e.subject)
from ledger_entry e join ledger_measure m on m.base_id = e.measure_id and m.id = any(%(measures)s)
where e.subject is not null and e.booked between %(first)s and %(last)s
group by 2
