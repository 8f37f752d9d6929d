"""Short codes of membership cards."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("reports", "0001_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="CardCode",
            fields=[
                ("code", models.TextField(primary_key=True, serialize=False)),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                    ),
                ),
            ],
        ),
    ]
