from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self) -> None:
        """Learn the kinds of messages from every app."""
        autodiscover_modules("message_kinds")
