"""A date that is postponed gives up its day: those that are, from now on, too."""

from django.db import migrations, models
from django.db.models import F


def give_up_the_day(apps, schema_editor):
    """Keep the day of each postponed date as the one that it had."""
    dates = apps.get_model("events", "Occurrence").objects.filter(status="postponed", day__isnull=False)
    dates.update(postponed_from=F("day"), day=None)


def take_the_day_back(apps, schema_editor):
    """Give each date that has no day the one that it had."""
    dates = apps.get_model("events", "Occurrence").objects.filter(postponed_from__isnull=False, day__isnull=True)
    dates.update(day=F("postponed_from"))


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0005_held_requests"),
    ]

    operations = [
        migrations.AddField(
            model_name="occurrence",
            name="postponed_from",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="postponed from"),
        ),
        migrations.RunPython(give_up_the_day, take_the_day_back),
    ]
