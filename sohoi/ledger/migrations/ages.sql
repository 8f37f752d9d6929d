-- Bands of age are read from the entries and never stored (decision 0016): whether somebody born in a year is in a band
-- on a day, and the queue that leaves such measures out.

create function is_aged(birth_year int, age jsonb, on_day date) returns boolean language sql immutable parallel safe as $$
    select case
        when age ? 'unknown' then birth_year is null
        else coalesce(extract(year from on_day)::int - birth_year
                      between coalesce((age ->> 'from')::int, 0) and coalesce((age ->> 'to')::int, 999), false)
    end
$$;

create or replace function ledger_queue_up() returns trigger language plpgsql as $$
begin
    insert into ledger_queue (unit_id, measure_id, day, month, n, amount)
    select f.unit_id, m.id, f.day, month_index(f.booked), sum(f.n), sum(f.amount)
    from fresh f
    join ledger_measure m on m.base_id = f.measure_id and f.labels @> m.filter
    where not f.declared and m.take in ('sum', 'balance') and m.age is null
    group by 1, 2, 3, 4;
    insert into ledger_subjectqueue (measure_id, subject)
    select distinct m.id, f.subject
    from fresh f
    join ledger_measure m on m.base_id = f.measure_id and f.labels @> m.filter
    where f.subject is not null and m.take = 'distinct';
    return null;
end $$;
