-- Entries written in ink, partitioned by the year they count in; the queue that a statement trigger fills;
-- totals and sightings folded from the queue. Read by migration 0003.

create table ledger_entry (
    id bigint generated always as identity,
    record_id uuid not null references ledger_record (id),
    unit_id bigint not null references units_unit (id),
    measure_id smallint not null references ledger_measure (id),
    day date not null,
    booked date not null,
    n smallint not null check (n in (1, -1)),
    amount bigint not null,
    labels jsonb not null default '{}',
    subject bigint,
    declared boolean not null default false,
    recorded_at timestamptz not null default now()
) partition by range (booked);

do $$
begin
    for y in 2010..2040 loop
        execute format('create table ledger_entry_%s partition of ledger_entry for values from (%L) to (%L)',
                       y, make_date(y, 1, 1), make_date(y + 1, 1, 1));
    end loop;
end $$;
create table ledger_entry_other partition of ledger_entry default;

create index ledger_entry_unit on ledger_entry (unit_id, booked);
create index ledger_entry_record on ledger_entry (record_id);
create index ledger_entry_subject on ledger_entry (subject, measure_id) where subject is not null;
create index ledger_entry_declared on ledger_entry (measure_id, unit_id, day) where declared;
create index ledger_entry_late on ledger_entry (unit_id) where day <> booked;
create index ledger_entry_booked on ledger_entry using brin (booked) with (pages_per_range = 16);

create function ledger_written_in_ink() returns trigger language plpgsql as $$
begin
    raise exception 'Bút toán đã ghi thì không sửa, không xóa; hãy ghi bút toán ngược lại.'
        using errcode = 'restrict_violation';
end $$;
create trigger written_in_ink before update or delete on ledger_entry
    for each row execute function ledger_written_in_ink();
create trigger never_emptied before truncate on ledger_entry
    for each statement execute function ledger_written_in_ink();

create table ledger_queue (
    unit_id bigint not null, measure_id smallint not null, day date not null, month int not null,
    n bigint not null, amount bigint not null, queued_at timestamptz not null default now()
);
create table ledger_subjectqueue (measure_id smallint not null, subject bigint not null);

create table ledger_total (
    view smallint not null, unit_id bigint not null, month int not null, measure_id smallint not null,
    n bigint not null, amount bigint not null
);
create unique index ledger_total_key on ledger_total (view, unit_id, month, measure_id) include (n, amount);
create index ledger_total_league on ledger_total (view, measure_id, month, unit_id) include (n, amount);

create table ledger_yeartotal (
    view smallint not null, unit_id bigint not null, year smallint not null, measure_id smallint not null,
    n bigint not null, amount bigint not null
);
create unique index ledger_yeartotal_key on ledger_yeartotal (view, unit_id, year, measure_id) include (n, amount);
create index ledger_yeartotal_league on ledger_yeartotal (view, measure_id, year, unit_id) include (n, amount);

-- Each (unit, subject, month) once, with the month in which that unit saw that subject before (-1: never),
-- and how many there are: the count of distinct subjects from month a on is the sum where previous < a.
create table ledger_sighting (
    view smallint not null, unit_id bigint not null, measure_id smallint not null, subject bigint not null,
    month int not null, previous int not null
);
create index ledger_sighting_subject on ledger_sighting (measure_id, subject);
create table ledger_seen (
    view smallint not null, unit_id bigint not null, measure_id smallint not null,
    month int not null, previous int not null, subjects bigint not null
);
create unique index ledger_seen_key on ledger_seen (view, unit_id, measure_id, month, previous) include (subjects);

create function month_index(d date) returns int language sql immutable strict parallel safe
    as $$ select extract(year from d)::int * 12 + extract(month from d)::int - 1 $$;

create function ledger_queue_up() returns trigger language plpgsql as $$
begin
    insert into ledger_queue (unit_id, measure_id, day, month, n, amount)
    select f.unit_id, m.id, f.day, month_index(f.booked), sum(f.n), sum(f.amount)
    from fresh f
    join ledger_measure m on m.base_id = f.measure_id and f.labels @> m.filter
    where not f.declared and m.take in ('sum', 'balance')
    group by 1, 2, 3, 4;
    insert into ledger_subjectqueue (measure_id, subject)
    select distinct m.id, f.subject
    from fresh f
    join ledger_measure m on m.base_id = f.measure_id and f.labels @> m.filter
    where f.subject is not null and m.take = 'distinct';
    return null;
end $$;
create trigger queue_up after insert on ledger_entry referencing new table as fresh
    for each statement execute function ledger_queue_up();
