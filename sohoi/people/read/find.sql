-- One box. What was typed may mean a woman in three ways: her name with these very marks, a name that begins so, or
-- all the words in any order (the last one perhaps not typed to its end); each way gives at most `most` cards, the
-- numbers typed beside the name narrow all of them. Without `loosely` only the beginning of a name is asked, which an
-- index answers alone; with it the other ways too, which read every card with these words: of the country by the index
-- of words, or with `near` every card of the few branches (coalesce keeps that index away). What is found is ranked:
-- who belongs now; more words with their very marks; the whole name; whole words; the given name among the words; a
-- name that begins so; Vietnamese order.
with fits as not materialized (
    select m.id, m.plain, m.sort, m.words
    from people_member m
    where m.unit_id = any(%(units)s) and m.same_as_id is null and m.erased_on is null
      and (%(years)s::int[] is null or m.birth_year = any(%(years)s))
      and (%(born)s::date is null or m.birth_date = %(born)s)
      and (%(number)s::bytea is null or m.id_index = %(number)s)
      and (%(phone)s::text is null or m.phone like %(phone)s or m.id_tail = %(tail)s)
      and (%(ending)s::text is null or m.phone like %(ending)s or m.id_tail = %(tail)s)
), near as (
    (select f.id from fits f
     where %(loosely)s and %(marked)s::text[] is not null and f.words @@ to_tsquery('simple', %(whole)s)
       and (select array_agg(w.letters || coalesce(w.tones, ''))
            from unnest(string_to_array(split_part(f.sort, e'\t', 1), ' '),
                        string_to_array(split_part(f.sort, e'\t', 2), ' ')) as w (letters, tones)) @> %(marked)s::text[]
     limit %(most)s)
    union
    (select f.id from fits f where not %(loosely)s and %(begins)s::text is not null and f.plain like %(begins)s
     limit %(most)s)
    union
    (select f.id from fits f
     where %(any_order)s::text is null
        or (%(loosely)s and not %(near)s and (f.plain like %(begins)s or f.words @@ to_tsquery('simple', %(any_order)s)))
     limit %(most)s)
    union
    (select f.id from fits f
     where %(loosely)s and %(near)s
       and (f.plain like %(begins)s or coalesce(f.words, '') @@ to_tsquery('simple', %(any_order)s))
     limit %(most)s)
)
select m.id, m.name, m.birth_year, m.phone, m.id_tail, m.active, m.unit_id, count(*) over (),
       bool_or(m.plain = %(plain)s) over ()
from near
join people_member m using (id)
left join lateral (
    select array_agg(w.letters || coalesce(w.tones, '')) as written
    from unnest(string_to_array(split_part(m.sort, e'\t', 1), ' '),
                string_to_array(split_part(m.sort, e'\t', 2), ' ')) as w (letters, tones)
    where %(marked)s::text[] is not null
) as name on true
order by m.active desc,
         (select count(*) from unnest(%(marked)s::text[]) as typed where typed = any(name.written)) desc,
         m.plain = %(plain)s desc,
         coalesce(m.words @@ to_tsquery('simple', %(whole)s), false) desc,
         substring(m.plain from '[^ ]+$') = any(string_to_array(%(plain)s, ' ')) desc,
         coalesce(m.plain like %(begins)s, false) desc,
         m.sort collate "C", m.id
limit %(limit)s
