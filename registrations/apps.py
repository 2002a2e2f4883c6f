from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "registrations"

    def ready(self) -> None:
        """Follow the occurrences that change."""
        from events.signals import occurrence_changed
        from registrations.services.waiting import follow_occurrence

        occurrence_changed.connect(follow_occurrence, dispatch_uid="registrations.follow_occurrence")
