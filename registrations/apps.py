from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "registrations"

    def ready(self) -> None:
        """Follow the occurrences that change."""
        from events.signals import occurrence_changed
        from registrations.services.seats import keep_counter_true

        occurrence_changed.connect(keep_counter_true, dispatch_uid="registrations.keep_counter_true")
