-- Balances on a past day whose map is no longer today's: each line counts where its unit stands on the ASKED day's
-- map (units_reach), read from the entries.
select r.ancestor_id, m.id, sum(e.n), sum(e.amount)
from units_reach(%(on)s) r
join ledger_entry e on e.unit_id = r.unit_id and e.booked <= %(on)s
join ledger_measure m on m.base_id = e.measure_id and (m.filter = '{}' or e.labels @> m.filter)
where m.id = any(%(measures)s) and r.ancestor_id = any(%(units)s)
group by 1, 2
