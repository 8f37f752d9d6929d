-- Hold the register against the ledger, branch by branch: who belongs there now against what all entries add up to,
-- and the cards' own mark (active, in their branch) against the memberships. A measure that nobody has loaded is not
-- asked. Nothing found = they agree.
with here as (
    select m.member_id, m.unit_id, m.household_id from people_membership m where upper_inf(m.during)
), told as (
    select 'members' as what, 'registered-members' as code, unit_id, count(*) as n from here group by unit_id
    union all
    select 'homes', 'homes-with-members', unit_id, count(distinct household_id) from here
    where household_id is not null group by unit_id
    union all
    select s.kind, s.kind || '-members', h.unit_id, count(*)
    from people_standing s join here h using (member_id)
    where upper_inf(s.during) and s.kind in ('core', 'regular') group by s.kind, h.unit_id
), asked (what, code) as (
    values ('members', 'registered-members'), ('homes', 'homes-with-members'), ('core', 'core-members'),
           ('regular', 'regular-members')
), counted as (
    select a.what, e.unit_id, sum(e.amount)::bigint as n
    from asked a
    join ledger_measure m on m.code = a.code
    join ledger_entry e on e.measure_id = m.id
    group by 1, 2
), cards as (
    select unit_id, count(*) as n from people_member where active and same_as_id is null group by unit_id
)
select coalesce(t.what, c.what), coalesce(t.unit_id, c.unit_id), coalesce(t.n, 0), coalesce(c.n, 0)
from (select what, unit_id, n from told where code in (select code from ledger_measure)) t
full join counted c on c.what = t.what and c.unit_id = t.unit_id
where coalesce(t.n, 0) <> coalesce(c.n, 0)
union all
select 'cards', coalesce(h.unit_id, k.unit_id), coalesce(k.n, 0), coalesce(h.n, 0)
from (select unit_id, n from told where what = 'members') h
full join cards k on k.unit_id = h.unit_id
where coalesce(h.n, 0) <> coalesce(k.n, 0)
order by 1, 2
