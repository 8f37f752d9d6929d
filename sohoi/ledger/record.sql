-- Insert records whose id is new and say which; an id that stands already is left alone.
insert into ledger_record (id, kind_id, unit_id, day, booked, values, member_id, household_id, person, tags, note,
                           by_id, door, body_hash, recorded_at)
select r.id, r.kind_id, r.unit_id, r.day, r.booked, r.values, r.member_id, r.household_id, r.person, r.tags, r.note,
       r.by_id, r.door, r.body_hash, now()
from json_to_recordset(%s::json) as r (
    id uuid, kind_id bigint, unit_id bigint, day date, booked date, values jsonb, member_id bigint,
    household_id bigint, person text, tags text[], note text, by_id bigint, door text, body_hash bytea)
on conflict (id) do nothing
returning id
