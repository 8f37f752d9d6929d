"""A step keeps the digest of what was sent up: what is signed is what was approved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_sent_files")]

    operations = [
        migrations.AddField(
            model_name="step",
            name="digest",
            field=models.TextField(blank=True, default="", help_text="of figures and words as they were sent up"),
            preserve_default=False,
        ),
    ]
