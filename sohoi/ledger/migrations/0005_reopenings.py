"""A closed month can be opened again, and closed anew: rounds of closings, kept by the database (reopenings.sql)."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = (Path(__file__).parent / "reopenings.sql").read_text("utf-8")
BACK = """
drop trigger close_again on ledger_closing;
drop trigger written_in_ink on ledger_closing;
drop trigger written_in_ink on ledger_reopening;
drop function ledger_close_again, ledger_closed_in_ink;
drop index ledger_entry_place;
"""
KEY = {"on_delete": django.db.models.deletion.PROTECT}


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_ages"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.RemoveConstraint(model_name="closing", name="a_month_is_closed_once"),
        migrations.AddField(
            model_name="closing",
            name="round",
            field=models.PositiveSmallIntegerField(
                db_default=1, help_text="1; one more after each reopening, by the database"
            ),
        ),
        migrations.AddConstraint(
            model_name="closing",
            constraint=models.UniqueConstraint(fields=("unit", "month", "round"), name="a_round_is_closed_once"),
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", models.ForeignKey(related_name="+", to=settings.AUTH_USER_MODEL, **KEY)),
                ("closing", models.OneToOneField(related_name="reopening", to="ledger.closing", **KEY)),
            ],
        ),
        migrations.RunSQL(SQL, BACK),
    ]
