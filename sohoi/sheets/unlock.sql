-- Give the batch back.
select pg_advisory_unlock(hashtextextended(%(batch)s, 7207))
