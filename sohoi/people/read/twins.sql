-- Pairs of cards that may be of one woman. Each card stands under a few keys (hashed): its name in its branch, its name
-- and day of birth anywhere, its name and year in its commune, its telephone, its given name in its household. Under
-- one key a card is held against the next five only, so that a key which thousands share costs thousands and not
-- millions; a telephone of more than ten is an office's, not a woman's. Pairs said to be two women are left out.
with communes as (
    select c.descendant_id as unit_id, c.ancestor_id as commune_id
    from units_closure c
    join units_unit u on u.id = c.ancestor_id and u.level = 'base'
    where c.view = 1 and c.descendant_id = any(%(units)s)
), cards as materialized (
    select m.id, m.unit_id, c.commune_id, m.match, m.birth_year, m.birth_date, m.phone, m.household_id,
           substring(m.plain from '[^ ]+$') as given
    from people_member m
    left join communes c on c.unit_id = m.unit_id
    where m.unit_id = any(%(units)s) and m.same_as_id is null and m.erased_on is null and m.match <> ''
), keyed as (
    select hashtextextended('branch ' || unit_id || ' ' || match, 0) as key, id, false as phone from cards
    union all
    select hashtextextended('day ' || birth_date || ' ' || match, 0), id, false from cards where birth_date is not null
    union all
    select hashtextextended('year ' || commune_id || ' ' || birth_year || ' ' || match, 0), id, false
    from cards where birth_year is not null and commune_id is not null
    union all
    select hashtextextended('phone ' || phone, 0), id, true from cards where phone <> ''
    union all
    select hashtextextended('home ' || household_id || ' ' || given, 0), id, false
    from cards where household_id is not null
), shared as (
    select key, id, phone, row_number() over (partition by key order by id) as place,
           count(*) over (partition by key) as cards
    from keyed
), pairs as (
    select distinct a.id as one, b.id as other
    from shared a
    join shared b on b.key = a.key and b.place between a.place + 1 and a.place + 5 and a.id < b.id
    where a.cards > 1 and (not a.phone or a.cards <= 10)
)
select p.one, p.other
from pairs p
where not exists (select from people_link l
                  where l.cut_at is null and not l.same
                    and l.kept_id = p.one and l.twin_id = p.other)
order by p.one, p.other
limit %(most)s
