
import directory.outlines
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='centresettings',
            name='region',
            field=models.CharField(blank=True, choices=directory.outlines.region_choices, help_text='Maps of places show its outline. Empty: lists without a map.', max_length=3, verbose_name='region'),
        ),
    ]
