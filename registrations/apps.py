from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    name = "registrations"

    def ready(self) -> None:
        """Follow the occurrences that change."""
        from events.signals import occurrence_changed
        from registrations.changes import follow_calendar
        from registrations.services.waiting import follow_occurrence

        # First what a date that is called off frees, then the counter and the waiting list.
        occurrence_changed.connect(follow_calendar, dispatch_uid="registrations.follow_calendar")
        occurrence_changed.connect(follow_occurrence, dispatch_uid="registrations.follow_occurrence")
