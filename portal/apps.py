from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        """Register the system checks, and the fields of the admin."""
        from portal import checks, widgets  # noqa: F401
