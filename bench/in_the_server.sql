-- A statement whose rows are counted and added up where they are: its client reads nothing but one line.
select count(*), sum(amount) from (
{statement}
) answer ({columns})
