-- Words without marks and in small letters, as vietnamese.plain makes them: so that what is typed without marks finds
-- what was written with them. Composed or not makes no difference.
create function bare(words text) returns text language sql immutable parallel safe as $$
    select case when words = '' then ''
        else translate(lower(regexp_replace(normalize(words, nfd), '[\u0300-\u036f]', '', 'g')), 'Đđð', 'ddd') end
$$
