"""`manage.py list_aliases`: the published copies that show French text under an English address."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page


class Command(BaseCommand):
    help = "List the published copies of pages under the address of another language: they wait for a translation."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per copy, in the order of the tree, then their number."""
        aliases = Page.objects.live().filter(alias_of__isnull=False).select_related("locale", "alias_of__locale")
        rows = list(aliases.order_by("path"))
        for page in rows:
            source = page.alias_of.locale.language_code
            self.stdout.write(f"{page.locale.language_code}  {page.url}  ({source}: {page.title})")
        self.stdout.write(f"{len(rows)} published copies wait for a translation.")
