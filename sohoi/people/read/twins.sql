-- Pairs of cards that may be of one woman. Each card stands under a few keys (hashed): its name and year in its branch
-- and in its commune, its name and day of birth anywhere, its telephone, its given name in its household; a card
-- without a year under its name in the branch. Under one key a card is held against the next five only, so that a key
-- which thousands share costs thousands and not millions; a telephone of more than ten is an office's, not a woman's.
-- Days of birth that cannot be one (nor its day and month turned) are no pair, unless telephone or household speak for
-- it. Pairs said to be two women are left out. The strongest signs come first.
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
    select hashtextextended('branch ' || unit_id || ' ' || birth_year || ' ' || match, 0) as key, id, 'name' as sign
    from cards where birth_year is not null
    union all
    select hashtextextended('name ' || unit_id || ' ' || match, 0), id,
           case when birth_year is null then 'open' else 'known' end from cards
    union all
    select hashtextextended('day ' || birth_date || ' ' || match, 0), id, 'name' from cards where birth_date is not null
    union all
    select hashtextextended('year ' || commune_id || ' ' || birth_year || ' ' || match, 0), id, 'name'
    from cards where birth_year is not null and commune_id is not null
    union all
    select hashtextextended('phone ' || phone, 0), id, 'phone' from cards where phone <> ''
    union all
    select hashtextextended('home ' || household_id || ' ' || given, 0), id, 'home'
    from cards where household_id is not null
), shared as (
    select key, id, sign, row_number() over (partition by key order by sign = 'known', id) as place,
           count(*) over (partition by key) as cards
    from keyed
), met as (
    select least(a.id, b.id) as one, greatest(a.id, b.id) as other, bool_or(a.sign in ('phone', 'home')) as other_sign
    from shared a
    join shared b on b.key = a.key and b.place between a.place + 1 and a.place + 5
    where a.cards > 1 and a.sign <> 'known' and (a.sign <> 'phone' or a.cards <= 10)
    group by 1, 2
)
select p.one, p.other
from met p
join cards a on a.id = p.one
join cards b on b.id = p.other
where (p.other_sign or a.birth_date is null or b.birth_date is null or a.birth_date = b.birth_date
       or (extract(day from a.birth_date) = extract(month from b.birth_date)
           and extract(month from a.birth_date) = extract(day from b.birth_date)))
  and not exists (select from people_link l
                  where l.cut_at is null and not l.same and l.kept_id = p.one and l.twin_id = p.other)
order by (a.phone <> '' and a.phone = b.phone) desc, coalesce(a.birth_date = b.birth_date, false) desc,
         a.match = b.match desc, coalesce(a.birth_year = b.birth_year, false) desc, p.one, p.other
limit %(most)s
