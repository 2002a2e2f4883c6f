from django.apps import AppConfig

from outbox.identity import tell_with


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        """Tell messages which centre signs them."""
        from home.identity import read_centre

        tell_with(read_centre)
