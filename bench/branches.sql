-- Made-up branches on the real tree: every commune of the eve of the reform (and each island district without
-- communes) gets its share of %(branches)s, placed under it until the reform and under one of its heirs since.
-- Of a hundred branches two moved once in 2024, to a neighbouring commune of the same district.
create temp table home as
select p.unit_id as commune, row_number() over (order by p.unit_id) - 1 as at,
       coalesce(lead(p.unit_id) over around, nullif(first_value(p.unit_id) over around, p.unit_id)) as neighbour
from units_placement p
join units_unit u on u.id = p.unit_id and u.level in ('base', 'district')
where p.during @> date '2025-06-30'
  and not exists (select from units_placement below where below.parent_id = p.unit_id and below.during && p.during)
window around as (partition by p.parent_id, u.level order by p.unit_id);

create temp table heir as
select h.commune, coalesce(l.new_id, h.commune) as heir,
       row_number() over (partition by h.commune order by l.new_id) - 1 as at,
       count(*) over (partition by h.commune) as heirs
from home h left join units_lineage l on l.old_id = h.commune;

create temp table branch as
select g.j, h.commune as first_home, case when g.j %% 50 = 7 then h.neighbour end as second_home,
       date '2024-01-01' + (g.j * 37 %% 366)::int as moved
from generate_series(0, %(branches)s - 1) g (j)
join home h on h.at = g.j * (select count(*) from home) / %(branches)s;
analyze home, heir, branch;

-- Ids in an order that says nothing about the place.
insert into units_unit (code, state_code, level, name, plain)
select 'CH-' || j, '', 'branch', 'Chi hội ' || j, 'chi hoi ' || j from branch order by hashint8extended(j, 1);

with unit as (
    select b.*, u.id as unit_id, coalesce(b.second_home, b.first_home) as last_home
    from branch b join units_unit u on u.code = 'CH-' || b.j
), step as (
    select unit_id, j, first_home as parent, date '2015-01-01' as since from unit
    union all
    select unit_id, j, second_home, moved from unit where second_home is not null
    union all
    select unit.unit_id, unit.j, heir.heir, date '2025-07-01'
    from unit join heir on heir.commune = unit.last_home and heir.at = unit.j %% heir.heirs
    where heir.heir <> unit.last_home
)
insert into units_placement (unit_id, parent_id, name, during)
select unit_id, parent, 'Chi hội ' || j, daterange(since, lead(since) over (partition by unit_id order by since))
from step;

analyze units_unit, units_placement;
