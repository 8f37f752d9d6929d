-- The newest lines of each section.
select distinct on (section) section, lines from reports_passage where report_id = %(report)s order by section, id desc
