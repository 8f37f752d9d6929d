-- A number that was given stays with its paper: no row of the register of numbers is changed, taken away or emptied.
create function reports_number_given() returns trigger language plpgsql as $$
begin
    raise exception 'Số văn bản đã cấp thì không sửa, không xóa.' using errcode = 'restrict_violation';
end $$;
create trigger number_given before update or delete on reports_documentnumber
    for each row execute function reports_number_given();
create trigger never_emptied before truncate on reports_documentnumber
    for each statement execute function reports_number_given();
