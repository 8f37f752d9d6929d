-- How many stored cells a report adds up.
select (select count(*) from ledger_yeartotal t
        where t.view = %(view)s and t.unit_id = any(%(units)s) and t.year = any(%(years)s)
          and t.measure_id = any(%(measures)s))
     + (select count(*) from ledger_total t
        where t.view = %(view)s and t.unit_id = any(%(units)s) and t.month = any(%(months)s)
          and t.measure_id = any(%(measures)s))
