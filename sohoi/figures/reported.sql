-- Which units have said that every month was complete: themselves or one above them, or all units directly below.
-- Only then nothing told means zero. Period by period (its place from 1, the unit). Months still ahead, and months in
-- which the unit did not stand, ask nothing.
select w.at, u.id
from unnest(%(firsts)s::date[], %(lasts)s::date[]) with ordinality as w (first, last, at)
cross join unnest(%(units)s::bigint[]) as u (id)
where exists (select from ledger_confirmation where month between w.first and w.last)
  and not exists (
      select from generate_series(w.first, w.last, interval '1 month') as m (month)
      where exists (select from units_placement p
                    where p.unit_id = u.id and p.during && daterange(m.month::date, (m.month + interval '1 month')::date))
        and not exists (
            select from units_closure c
            join ledger_confirmation k on k.unit_id = c.ancestor_id and k.month = m.month
            where c.view = 0 and c.descendant_id = u.id and c.since < m.month + interval '1 month' and c.until > m.month)
        and coalesce((
            select bool_or(true) and bool_and(exists (
                select from ledger_confirmation k where k.unit_id = p.unit_id and k.month = m.month))
            from units_placement p
            where p.parent_id = u.id and p.during && daterange(m.month::date, (m.month + interval '1 month')::date)
        ), false) is false)
