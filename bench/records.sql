-- A hundred thousand records for the writers' entries to refer to; made up, like the account that told them.
with person as (
    insert into rights_account (username, password, full_name, first_name, last_name, email, is_superuser, is_staff,
                                is_active, must_change, date_joined)
    values ('bench', '!', 'Người đo', '', '', '', false, false, true, false, now())
    returning id
), kind as (
    insert into ledger_kind (code, version, room, label, body, sensitive, current)
    values ('bench', 1, 'bench', 'Việc để đo', '{}', false, true)
    returning id
)
insert into ledger_record (id, kind_id, unit_id, day, booked, values, person, tags, note, by_id, door, body_hash,
                           recorded_at)
select md5('record' || i)::uuid, kind.id, b.unit_id, date '2026-06-30', date '2026-06-30', '{}', '', '{}', '',
       person.id, 'bench', '', now()
from generate_series(1, 100000) i
join bench_branch b on b.slot = i
cross join person cross join kind
