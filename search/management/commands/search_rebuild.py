"""`manage.py search_rebuild`: after an upgrade of the search, or to mend it."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from search import services
from search.models import SearchEntry


class Command(BaseCommand):
    """Read everything that is public again, and index it."""

    help = "Read all public pages, dates and documents again, and rebuild the search index. Visitors search meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each step, then the number of entries and the time taken."""
        started = time.monotonic()
        services.rebuild(lambda line: self.stdout.write(f"  {line}"))
        seconds = time.monotonic() - started
        self.stdout.write(f"{SearchEntry.objects.count()} entries in {seconds:.1f} s")
