from django.apps import AppConfig


class CyclesConfig(AppConfig):
    name = "cycles"

    def ready(self) -> None:
        """Let the public search follow the sessions of cycles."""
        from cycles.search import connect

        connect()
