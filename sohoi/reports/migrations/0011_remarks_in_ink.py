"""A remark is neither changed nor taken away; remarks.sql says why."""

from pathlib import Path

from django.db import migrations

KEPT = (Path(__file__).parent / "remarks.sql").read_text("utf-8")
BACK = "drop trigger signed_in_ink on reports_remark;"


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_numbers_of_meetings")]

    operations = [migrations.RunSQL(KEPT, BACK)]
