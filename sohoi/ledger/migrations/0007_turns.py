"""Closed months of persons and households stand still too (turns.sql)."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "turns.sql").read_text("utf-8")
BACK = """
drop index ledger_seen_key;
truncate ledger_sighting, ledger_seen;
alter table ledger_sighting drop column at;
alter table ledger_seen rename column at to previous;
create unique index ledger_seen_key on ledger_seen (view, unit_id, measure_id, month, previous) include (subjects);
insert into ledger_subjectqueue (measure_id, subject)
select distinct m.id, e.subject from ledger_entry e join ledger_measure m on m.base_id = e.measure_id
where e.subject is not null and m.take = 'distinct' and e.labels @> m.filter;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_declared")]
    operations = [migrations.RunSQL(SQL, BACK)]
