from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0004_related_pages"),
    ]

    operations = [
        migrations.AlterField(
            model_name="casestudypage",
            name="proposes_related",
            field=models.BooleanField(
                default=True,
                help_text="Below those chosen, pages that share its themes, places or programmes are shown, and told so.",
                verbose_name="propose pages by itself",
            ),
        ),
        migrations.AlterField(
            model_name="dossierpage",
            name="proposes_related",
            field=models.BooleanField(
                default=True,
                help_text="Below those chosen, pages that share its themes, places or programmes are shown, and told so.",
                verbose_name="propose pages by itself",
            ),
        ),
    ]
