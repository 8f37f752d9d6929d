-- One row with a token that is another after every statement that changed measures: processes keep the measures in
-- memory and ask for the token alone. It is random, so that a statement that was rolled back leaves no token that a
-- later one could give again.
create table ledger_declared (
    one boolean primary key default true check (one),
    token uuid not null default gen_random_uuid()
);
insert into ledger_declared default values;
create function ledger_measures_declared() returns trigger language plpgsql as $$
begin
    update ledger_declared set token = gen_random_uuid();
    return null;
end $$;
create trigger declared_anew after insert or update or delete or truncate on ledger_measure
    for each statement execute function ledger_measures_declared();
