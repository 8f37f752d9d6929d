-- Hold the register against the ledger, branch by branch: who belongs there now against what all entries add up to,
-- and the cards' own mark (active, in their branch) against the memberships. A measure that nobody has loaded is not
-- asked. So too on the last day of the month before ('members-past' and so on). Nothing found = they agree.
with days (suffix, day) as (
    values ('', date 'infinity'), ('-past', %(past)s::date)
), here as (
    select d.suffix, d.day, m.member_id, m.unit_id, m.household_id
    from days d join people_membership m on m.during @> d.day
), told as (
    select 'members' || suffix as what, 'registered-members' as code, unit_id, count(*) as n
    from here group by suffix, unit_id
    union all
    select 'homes' || suffix, 'homes-with-members', unit_id, count(distinct household_id) from here
    where household_id is not null group by suffix, unit_id
    union all
    select s.kind || h.suffix,
           case when s.kind in ('core', 'regular') then s.kind || '-members' else 'registered-members' end,
           h.unit_id, count(*)
    from people_standing s join here h on h.member_id = s.member_id and s.during @> h.day
    group by s.kind, h.suffix, h.unit_id
), asked (what, code, labels) as (
    values ('members', 'registered-members', '{}'::jsonb), ('homes', 'homes-with-members', '{}'),
           ('core', 'core-members', '{}'), ('regular', 'regular-members', '{}'),
           ('ordinary', 'registered-members', '{"standing": "ordinary"}'),
           ('automatic', 'registered-members', '{"standing": "automatic"}'),
           ('honorary', 'registered-members', '{"standing": "honorary"}')
), counted as (
    select a.what || d.suffix as what, e.unit_id, sum(e.amount)::bigint as n
    from asked a
    join ledger_measure m on m.code = a.code
    join ledger_entry e on e.measure_id = m.id and e.labels @> a.labels
    join days d on e.day <= d.day
    group by 1, 2
), cards as (
    select unit_id, count(*) as n from people_member where active and same_as_id is null group by unit_id
), at_home as (  -- active cards of which the open membership says the same branch and the same household
    select c.unit_id, count(*) as n, count(m.id) as agreed
    from people_member c
    left join people_membership m on m.member_id = c.id and upper_inf(m.during) and m.unit_id = c.unit_id
                                  and m.household_id is not distinct from c.household_id
    where c.active and c.same_as_id is null group by c.unit_id
)
select coalesce(t.what, c.what), coalesce(t.unit_id, c.unit_id), coalesce(t.n, 0), coalesce(c.n, 0)
from (select what, unit_id, n from told where code in (select code from ledger_measure)) t
full join counted c on c.what = t.what and c.unit_id = t.unit_id
where coalesce(t.n, 0) <> coalesce(c.n, 0)
union all
select 'places', unit_id, n, agreed from at_home where n <> agreed
union all
select 'cards', coalesce(h.unit_id, k.unit_id), coalesce(k.n, 0), coalesce(h.n, 0)
from (select unit_id, n from told where what = 'members') h
full join cards k on k.unit_id = h.unit_id
where coalesce(h.n, 0) <> coalesce(k.n, 0)
order by 1, 2
