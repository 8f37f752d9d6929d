-- Who counts for whom. Rebuilt whole by an act and by nothing else (house §6).
-- View 0: as it was, each row with its days. View 1: on the map of %(today)s; a unit that has ended counts for
-- what all its heirs have in common; one without a known heir counts where its last parent counts.
delete from units_closure;

with recursive walk(descendant, ancestor, since, until) as (
    select unit_id, unit_id, lower(during), coalesce(upper(during), date '9999-12-31')
    from units_placement
    union
    select w.descendant, p.parent_id, greatest(w.since, lower(p.during)),
           least(w.until, coalesce(upper(p.during), date '9999-12-31'))
    from walk w
    join units_placement p on p.unit_id = w.ancestor and p.during && daterange(w.since, w.until)
    where p.parent_id is not null
)
insert into units_closure (view, descendant_id, ancestor_id, since, until)
select distinct 0, descendant, ancestor, since, until from walk;

analyze units_closure;

with recursive last_place as (
    select distinct on (unit_id) unit_id, parent_id, during
    from units_placement order by unit_id, lower(during) desc
), next_step(unit_id, next_id) as (
    select l.old_id, l.new_id from units_lineage l
    union all
    select p.unit_id, p.parent_id from last_place p
    where not exists (select from units_lineage l where l.old_id = p.unit_id)
), heir(unit_id, at) as (
    select unit_id, unit_id from last_place
    union
    select h.unit_id, n.next_id
    from heir h
    join last_place p on p.unit_id = h.at
    join next_step n on n.unit_id = h.at
    where upper(p.during) <= %(today)s and n.next_id is not null
), living as (
    select h.unit_id, h.at, count(*) over (partition by h.unit_id) as heirs
    from heir h
    join last_place p on p.unit_id = h.at
    where upper(p.during) is null or upper(p.during) > %(today)s
)
insert into units_closure (view, descendant_id, ancestor_id, since, until)
select 1, l.unit_id, c.ancestor_id, date '0001-01-01', date '9999-12-31'
from living l
join units_closure c on c.view = 0 and c.descendant_id = l.at and c.since <= %(today)s and c.until > %(today)s
group by l.unit_id, c.ancestor_id, l.heirs
having count(*) = l.heirs;

analyze units_closure;
