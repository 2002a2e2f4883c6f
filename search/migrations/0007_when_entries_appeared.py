from datetime import datetime, time

import django.utils.timezone
from django.db import migrations, models


def from_last_update(apps, schema_editor):
    """What was known before appeared with its last update, as far as one can tell."""
    entries = apps.get_model("search", "SearchEntry").objects
    for day in entries.exclude(updated_on=None).order_by().values_list("updated_on", flat=True).distinct():
        moment = django.utils.timezone.make_aware(datetime.combine(day, time.min))
        entries.filter(updated_on=day).update(appeared_at=moment)


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0006_filters'),
    ]

    operations = [
        migrations.AddField(
            model_name='searchentry',
            name='appeared_at',
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(fields=['language', 'appeared_at'], name='search_entry_new'),
        ),
        migrations.RunPython(from_last_update, migrations.RunPython.noop),
    ]
