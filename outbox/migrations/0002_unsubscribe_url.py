
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='unsubscribe_url',
            field=models.URLField(blank=True, max_length=300),
        ),
    ]
