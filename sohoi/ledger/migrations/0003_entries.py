"""Entries in ink, the queue and the totals: what must not depend on code (ledger.sql)."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "ledger.sql").read_text("utf-8")
BACK = """
drop table ledger_entry cascade;
drop table ledger_queue, ledger_subjectqueue, ledger_total, ledger_yeartotal, ledger_sighting, ledger_seen;
drop function ledger_queue_up, ledger_written_in_ink, month_index;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_keys")]
    operations = [migrations.RunSQL(SQL, BACK)]
