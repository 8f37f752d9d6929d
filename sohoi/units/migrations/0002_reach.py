"""The map of a day as a function of the database (reach.sql), and the day of today's map as a row."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "reach.sql").read_text("utf-8")


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="MapDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(help_text="today's map is that of this day")),
            ],
        ),
        migrations.RunSQL(SQL, "drop function units_reach"),
    ]
