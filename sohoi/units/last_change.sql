-- The newest day up to the asked one on which a unit ended or moved under another parent; a unit that only
-- began where nothing stood before moves nobody's figures.
select max(p_end) from (
    select upper(during) as p_end from units_placement where upper(during) <= %s
) ends
