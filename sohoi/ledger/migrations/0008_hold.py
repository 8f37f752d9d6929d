"""The locks of units (hold.sql)."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "hold.sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_turns")]
    operations = [migrations.RunSQL(SQL, "drop function ledger_hold")]
