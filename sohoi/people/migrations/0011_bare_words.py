"""A function of the database: words without marks (bare.sql)."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0010_former_answers")]
    operations = [
        migrations.RunSQL((Path(__file__).parent / "bare.sql").read_text("utf-8"), "drop function bare(text)"),
    ]
