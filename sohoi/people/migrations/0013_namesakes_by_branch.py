"""The index of names holds the branch: a look-up in one province does not read the namesakes of all others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0012_what_retention_looks_for")]
    operations = [
        migrations.RemoveIndex(model_name="member", name="member_named"),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                fields=["plain", "unit"], name="member_named", opclasses=["text_pattern_ops", "int8_ops"]
            ),
        ),
    ]
