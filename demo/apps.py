from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"

    def ready(self) -> None:
        """Let `make run` print who may log in to the demonstration."""
        from demo.loader import logins  # noqa: F401
