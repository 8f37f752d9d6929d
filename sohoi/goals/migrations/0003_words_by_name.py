from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0002_more_ways_of_saying'),
    ]

    operations = [
        migrations.AlterField(
            model_name='clause',
            name='words',
            field=models.TextField(blank=True, help_text='how attainment is said: one of declare.WORDS'),
        ),
    ]
