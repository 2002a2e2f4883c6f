from django.db import migrations, models


def forget(apps, schema_editor):
    """Erase what was counted under looser rules: it may hold names, and nothing tells on how many days it was asked."""
    apps.get_model("search", "AskedQuery").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0009_values_of_listings")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.AddField("askedquery", "days", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("askedquery", "last_day", models.DateField(blank=True, null=True)),
    ]
