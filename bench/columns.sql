-- The columns of a table that can be written: not those that the database makes.
select column_name from information_schema.columns
where table_name = %(table)s and table_schema = 'public' and is_generated = 'NEVER' and identity_generation is distinct from 'ALWAYS'
order by ordinal_position
