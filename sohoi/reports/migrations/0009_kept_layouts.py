"""A signed paper keeps the Word layout of its day; layouts.sql says how."""

from pathlib import Path

from django.db import migrations, models

KEPT = (Path(__file__).parent / "layouts.sql").read_text("utf-8")
BACK = """
drop trigger never_emptied on reports_keptlayout;
drop trigger signed_in_ink on reports_keptlayout;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_what_was_taken_back")]

    operations = [
        migrations.CreateModel(
            name="KeptLayout",
            fields=[
                (
                    "hash",
                    models.CharField(
                        help_text="SHA-256 of the file, in hexadecimal",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("body", models.BinaryField()),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RunSQL(KEPT, BACK),
    ]
