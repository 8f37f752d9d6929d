"""A report stays what it was opened as; kept.sql says how."""

from pathlib import Path

from django.db import migrations

KEPT = (Path(__file__).parent / "kept.sql").read_text("utf-8")
BACK = """
drop trigger never_emptied on reports_remark;
drop trigger never_emptied on reports_step;
drop trigger never_emptied on reports_report;
drop trigger stays_what_it_is on reports_report;
drop function reports_stays_what_it_is;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_what_was_sent_up")]

    operations = [migrations.RunSQL(KEPT, BACK)]
