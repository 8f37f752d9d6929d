-- The layout of a signed paper stays as it was on that day: no kept layout is changed, taken away or emptied.
create trigger signed_in_ink before update or delete on reports_keptlayout
    for each row execute function reports_signed_in_ink();
create trigger never_emptied before truncate on reports_keptlayout
    for each statement execute function reports_signed_in_ink();
