"""Averages: a ratio that counts otherwise than per cent states its decimals."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_records_by_time")]
    operations = [
        migrations.AddField(
            model_name="measure",
            name="places",
            field=models.PositiveSmallIntegerField(help_text="of an average: its decimals; null: none", null=True),
        ),
    ]
