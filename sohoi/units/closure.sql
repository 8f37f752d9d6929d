-- Who counts for whom. Rebuilt whole when the map changes, and by nothing else (house §6).
-- View 0: as it was, each row with its days. View 1: on the map of today (units_reach), for all days.
-- Who writes or closes months shares the lock of the map (key 0, ledger/hold.sql); whoever changes it is alone.
select pg_advisory_xact_lock(7041931, 0);

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

insert into units_closure (view, descendant_id, ancestor_id, since, until)
select 1, r.unit_id, r.ancestor_id, date '0001-01-01', date '9999-12-31'
from units_reach(%(today)s) r;

analyze units_closure;

delete from units_mapday;
insert into units_mapday (day) values (%(today)s);
