-- A report stays what it was opened as, and stays once it was signed; its steps and remarks are never emptied.
create function reports_stays_what_it_is() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if exists (select from reports_version where report_id = old.id) then
            raise exception 'Báo cáo đã ký thì không xóa.' using errcode = 'restrict_violation';
        end if;
        return old;
    end if;
    if (old.unit_id, old.form, old.first, old.last) is distinct from (new.unit_id, new.form, new.first, new.last) then
        raise exception 'Không đổi đơn vị, biểu mẫu và kỳ của một báo cáo đã mở.' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger stays_what_it_is before update or delete on reports_report
    for each row execute function reports_stays_what_it_is();
create trigger never_emptied before truncate on reports_report
    for each statement execute function reports_signed_in_ink();
create trigger never_emptied before truncate on reports_step
    for each statement execute function reports_signed_in_ink();
create trigger never_emptied before truncate on reports_remark
    for each statement execute function reports_signed_in_ink();
