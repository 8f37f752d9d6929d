"""The last days of places, so that it is known at once since when the map is that of today."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0002_reach")]
    operations = [
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(models.F("during__endswith"), name="last_days_of_places"),
        ),
    ]
