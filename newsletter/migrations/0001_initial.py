
import django.db.models.functions.text
import django.utils.timezone
import registrations.models.bookings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(choices=[('fr', 'Français'), ('en', 'English')], max_length=10, verbose_name='language')),
                ('state', models.CharField(choices=[('pending', 'waits for confirmation'), ('confirmed', 'confirmed'), ('unsubscribed', 'unsubscribed')], default='pending', max_length=12, verbose_name='state')),
                ('token', models.CharField(default=registrations.models.bookings.new_token, editable=False, max_length=64, unique=True)),
                ('consent_wording', models.TextField(verbose_name='agreement')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked on')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed on')),
                ('unsubscribed_at', models.DateTimeField(blank=True, null=True, verbose_name='unsubscribed on')),
                ('written_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name': 'subscription',
                'verbose_name_plural': 'subscriptions to the newsletter',
                'ordering': ['-asked_at', '-pk'],
                'permissions': [('export_subscription', 'Can export the subscriptions to the newsletter')],
                'default_permissions': ('view', 'delete'),
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_subscription_per_address')],
            },
        ),
    ]
