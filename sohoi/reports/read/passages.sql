-- The newest passage of each of these sections of a report, its lines as text.
select distinct on (section) section, lines::text
from reports_passage
where report_id = %s and section = any(%s)
order by section, id desc
