from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.messages import missing_translations, used_messages


class Command(BaseCommand):
    """Keeps English out of the French pages: every message of ours needs its French."""

    help = "Fails when a message of our code or templates has no French translation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--all", action="store_true", help="name every message, not only the first twenty")

    def handle(self, *args: object, **options: object) -> None:
        """Compare, name what is missing, and fail if anything is."""
        catalogue = Path(settings.LOCALE_PATHS[0]) / "fr" / "LC_MESSAGES" / "django.po"
        missing = missing_translations(used_messages(settings.BASE_DIR), catalogue)
        shown = missing if options["all"] else missing[:20]
        for message in shown:
            self.stderr.write(f"{message.place}: {message.text!r}")
        if missing:
            raise CommandError(f"{len(missing)} messages have no French translation (make messages, then translate)")
