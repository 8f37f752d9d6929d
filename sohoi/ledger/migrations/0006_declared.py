"""A token that changes with the measures (declared.sql)."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "declared.sql").read_text("utf-8")
BACK = """
drop trigger declared_anew on ledger_measure;
drop function ledger_measures_declared;
drop table ledger_declared;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_reopenings")]
    operations = [migrations.RunSQL(SQL, BACK)]
