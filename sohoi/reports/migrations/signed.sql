-- What was signed stays: versions and steps are refused any change, even from a script at midnight.
create function reports_signed_in_ink() returns trigger language plpgsql as $$
begin
    raise exception 'Báo cáo đã ký thì không sửa, không xóa; hãy lập bản bổ sung.' using errcode = 'restrict_violation';
end $$;
create trigger signed_in_ink before update or delete on reports_version
    for each row execute function reports_signed_in_ink();
create trigger never_emptied before truncate on reports_version
    for each statement execute function reports_signed_in_ink();
create trigger signed_in_ink before update or delete on reports_step
    for each row execute function reports_signed_in_ink();
