"""`manage.py search_check`: is what visitors find what is public?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.checking import check


class Command(BaseCommand):
    """Compare what is public with the entries, and the entries with each index; mend what differs."""

    help = "Compare pages, dates and documents with the search, and each index with the entries; mend what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --dry-run."""
        parser.add_argument("--dry-run", action="store_true", help="only tell; exit with 1 when something differs")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        """Print what was found. Ends with an error when something is left wrong, or an engine does not answer."""
        report = check(mends=not dry_run)
        for line in report.stale:
            self.stdout.write(f"  not up to date: {line}")
        for line in report.orphans:
            self.stdout.write(f"  no longer public: {line}")
        if report.lacking:
            self.stdout.write(f"  languages that works lack: {report.lacking} notes differed")
        for name, number in report.engines.items():
            self.stdout.write(f"  {name}: {'does not answer' if number is None else f'{number} entries differed'}")
        if report.is_right:
            self.stdout.write("The search says what is public.")
        elif dry_run and None in report.engines.values():
            told = "" if not report.differs else " What else differs is mended by search_check without --dry-run."
            raise CommandError(f"An engine does not answer: its index could not be compared.{told}")
        elif dry_run:
            raise CommandError("Something differs: search_check without --dry-run mends it.")
        elif None in report.engines.values():
            raise CommandError("An engine does not answer: the rest was mended.")
        else:
            self.stdout.write("Mended.")
