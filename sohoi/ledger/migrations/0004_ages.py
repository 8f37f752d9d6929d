"""Measures of one age: a column of the measure, a function that says who is in a band, a queue that leaves them out."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "ages.sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_entries")]
    operations = [
        migrations.AddField(
            model_name="measure",
            name="age",
            field=models.JSONField(
                help_text="whole years by year of birth: {from, to}, either may be left out; or {unknown}", null=True
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
