-- Write down what was found of many rows at once: Django would write a condition for each row and each column.
update sheets_row r
   set state = n.state, branch_id = n.branch_id, draft = n.draft, faults_sealed = n.faults, section = n.section,
       member_id = n.member_id
  from json_to_recordset(%s::json) as n (
    id bigint, state text, branch_id bigint, draft uuid, faults bytea, section text,
    member_id bigint)
 where r.id = n.id
