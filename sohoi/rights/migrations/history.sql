-- What was done about accounts and offices stays as it was told: no line of the history is changed, taken away or emptied.
create function rights_told_once() returns trigger language plpgsql as $$
begin
    raise exception 'Lịch sử người dùng và vai trò đã ghi thì không sửa, không xóa.' using errcode = 'restrict_violation';
end $$;
create trigger told_once before update or delete on rights_officechange
    for each row execute function rights_told_once();
create trigger never_emptied before truncate on rights_officechange
    for each statement execute function rights_told_once();
