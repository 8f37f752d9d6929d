-- Newcomers: their cards, memberships and standings in one statement. A deed whose card stands already, or whose ID
-- number is in the register, writes nothing.
with told as (
    select * from json_to_recordset(%s::json) as r (
        origin uuid, unit_id bigint, household_id bigint, day date, standing text, role text, name text, plain text,
        sort text, match text, birth_year smallint, birth_date date, man boolean, ethnicity text, religion_sealed bytea,
        schooling text, qualification text, politics text, occupation text, phone text, address text, party boolean,
        union_member boolean, insured boolean, id_sealed bytea, id_index bytea, id_tail text)
), card as (
    insert into people_member (
        origin, unit_id, household_id, role, name, plain, sort, match, birth_year, birth_date, man, ethnicity,
        religion_sealed, schooling, qualification, politics, occupation, phone, address, party, union_member, insured,
        id_sealed, id_index, id_tail, active)
    select origin, unit_id, household_id, role, name, plain, sort, match, birth_year, birth_date, man,
           coalesce(ethnicity, ''), religion_sealed, coalesce(schooling, ''), coalesce(qualification, ''),
           coalesce(politics, ''), coalesce(occupation, ''), coalesce(phone, ''), coalesce(address, ''), party,
           union_member, insured, id_sealed, id_index, coalesce(id_tail, ''), true
    from told order by origin
    on conflict do nothing
    returning id, origin
), belonging as (
    insert into people_membership (member_id, unit_id, household_id, during, record)
    select c.id, t.unit_id, t.household_id, daterange(t.day, null), t.origin from card c join told t using (origin)
), held as (
    insert into people_standing (member_id, kind, during, record)
    select c.id, t.standing, daterange(t.day, null), t.origin from card c join told t using (origin)
)
select origin, id from card
