-- What is taken back later was still seen in its closed month (decision 0006). A sighting says at which month the newest
-- month in which a unit saw a subject turns (from `previous` to `month`; -1: none), the histogram counts these turns: how
-- many are seen from month a to month b is the sum where month >= a and at <= b. Where nothing was taken back both say
-- what they said; subjects of records that were are queued, and laid anew by the folder.
alter table ledger_sighting add column at int;
update ledger_sighting set at = month;
alter table ledger_sighting alter column at set not null;

drop index ledger_seen_key;
truncate ledger_seen;
alter table ledger_seen rename column previous to at;
insert into ledger_seen (view, unit_id, measure_id, month, at, subjects)
select view, unit_id, measure_id, x.month, at, sum(x.step)
from ledger_sighting cross join lateral (values (month, 1), (previous, -1)) x (month, step)
where x.month >= 0
group by 1, 2, 3, 4, 5
having sum(x.step) <> 0;
create unique index ledger_seen_key on ledger_seen (view, unit_id, measure_id, month, at) include (subjects);

insert into ledger_subjectqueue (measure_id, subject)
select distinct m.id, e.subject
from ledger_entry e
join ledger_measure m on m.base_id = e.measure_id and m.take = 'distinct' and e.labels @> m.filter
where e.n = -1 and e.subject is not null;
