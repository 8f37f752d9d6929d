-- Take the batch for this session alone; false when another worker has it. A killed worker's session gives it back.
select pg_try_advisory_lock(hashtextextended(%(batch)s, 7207))
