from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0004_refused_addresses")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="parts",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
    ]
