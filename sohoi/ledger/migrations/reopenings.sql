-- A month is closed once, and again after a reopening: the trigger counts the rounds, and the unique (unit, month,
-- round) keeps two who close at the same moment apart. Closings and reopenings are written in ink.
-- Entries are asked by their place in the ledger too; each part is written in its order, so that a brin index does.

create function ledger_close_again() returns trigger language plpgsql as $$
begin
    if exists (select from ledger_closing c
               where c.unit_id = new.unit_id and c.month = new.month
                 and not exists (select from ledger_reopening r where r.closing_id = c.id)) then
        raise exception 'Tháng này của đơn vị này đã chốt và chưa mở lại.' using errcode = 'unique_violation';
    end if;
    new.round := (select count(*) + 1 from ledger_closing c where c.unit_id = new.unit_id and c.month = new.month);
    return new;
end $$;
create trigger close_again before insert on ledger_closing for each row execute function ledger_close_again();

create function ledger_closed_in_ink() returns trigger language plpgsql as $$
begin
    raise exception 'Lần chốt và lần mở lại đã ghi thì không sửa, không xóa.' using errcode = 'restrict_violation';
end $$;
create trigger written_in_ink before update or delete on ledger_closing
    for each row execute function ledger_closed_in_ink();
create trigger written_in_ink before update or delete on ledger_reopening
    for each row execute function ledger_closed_in_ink();

create index ledger_entry_place on ledger_entry using brin (id) with (pages_per_range = 32);
