-- The half term from the DHIS2-style table: whole years by year, the rest by half-year.
select {child}, dx, sum(value)
from bench_analytics
where {parent} = %(unit)s and dx = any(%(measures)s) and year = any(%(parts)s)
  and (yearly = any(%(years)s) or sixmonthly = any(%(halves)s))
group by 1, 2
