"""Papers of a meeting may take a number of the register."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0009_kept_layouts"),
        ("units", "0003_ends_of_places"),
        ("work", "0001_meetings_and_tasks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="documentnumber",
            name="meeting",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.meeting"
            ),
        ),
        migrations.AddConstraint(
            model_name="documentnumber",
            constraint=models.UniqueConstraint(fields=("meeting", "type"), name="a_number_for_each_paper_of_a_meeting"),
        ),
    ]
