from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_corrections(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now a correction was a step from a state to the same one."""
    steps = apps.get_model("registrations", "Transition").objects
    steps.filter(from_state=models.F("to_state"), event="").update(event="corrected")


class Migration(migrations.Migration):
    dependencies = [("registrations", "0007_invoices_and_late_cancellations")]

    operations = [
        migrations.AddField(
            model_name="transition",
            name="event",
            field=models.CharField(
                blank=True,
                choices=[
                    ("corrected", "details of the participant corrected"),
                    ("handed_over", "place handed over to a colleague"),
                    ("taken_over", "place taken over from a colleague"),
                    ("answered", "answers recorded for the participant"),
                    ("waived", "price waived, or asked again"),
                    ("contact", "contact of the booking corrected"),
                    ("link_sent", "private link sent again"),
                ],
                max_length=20,
                verbose_name="what was done",
            ),
        ),
        migrations.RunPython(name_corrections, migrations.RunPython.noop),
    ]
