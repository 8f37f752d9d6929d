"""When a move was asked for is told by the database's clock, as the time of each record is: the two are compared."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("people", "0013_namesakes_by_branch")]
    operations = [
        migrations.AlterField(
            model_name="transfer",
            name="asked_at",
            field=models.DateTimeField(db_default=Now(), help_text="by the database's clock, as records are"),
        ),
    ]
