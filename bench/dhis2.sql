-- The table that DHIS2 would keep for its reports: one row for each (branch, month, measure), text keys of eleven
-- letters for the whole path on today's map, one part a year, an index on each column that a report asks by.
-- Amounts only. Only the years of the half term are built. Late deeds stand in the month they count in.
drop table if exists bench_analytics, bench_uid;
create table bench_uid as
select u.id, substr(md5('unit' || u.id), 1, 11)::varchar(11) as uid, u.level from units_unit u;
create unique index on bench_uid (id);
analyze bench_uid;

create table bench_analytics (
    dx varchar(11) not null, ou varchar(11) not null, oulevel int not null,
    uidlevel1 varchar(11), uidlevel2 varchar(11), uidlevel3 varchar(11), uidlevel4 varchar(11),
    monthly varchar(15) not null, quarterly varchar(15) not null, sixmonthly varchar(15) not null,
    yearly varchar(15) not null, year int not null, pestartdate date not null, peenddate date not null,
    value double precision not null
) partition by list (year);
