from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        """Let the public search find the dates."""
        from events.search import OccurrenceProvider
        from search import registry

        registry.register(OccurrenceProvider())
