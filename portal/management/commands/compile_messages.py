from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.messages import compile_catalogues


class Command(BaseCommand):
    """Django's own `compilemessages` calls msgfmt, which a bare machine lacks."""

    # It comes before anything else, on a machine where nothing is ready.
    requires_system_checks = []
    help = "Compiles the translations that changed (locale/**/*.po to .mo), without gettext."

    def handle(self, *args: object, **options: object) -> None:
        """Compile, and name what was written."""
        for folder in settings.LOCALE_PATHS:
            for written in compile_catalogues(Path(folder)):
                self.stdout.write(f"compiled {written}")
