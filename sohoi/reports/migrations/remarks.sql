-- A remark stays as it was made: it is the reason of a step, which is in ink too.
create trigger signed_in_ink before update or delete on reports_remark
    for each row execute function reports_signed_in_ink();
