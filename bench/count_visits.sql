-- Distinct households of the nation from the table without repeats.
select %(nation)s, measure_id, count(distinct subject), count(distinct subject)
from bench_visit
where measure_id = any(%(measures)s) and month between %(from_month)s and %(to_month)s
group by 2
