"""`manage.py setup_centre`: an empty centre, ready to be filled in."""

from typing import Any

from django.core.management.base import BaseCommand

from home.services import create_roles, create_skeleton


class Command(BaseCommand):
    help = "Create the languages, the sections of the site in both of them, and the roles. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Create what is missing."""
        pages = create_skeleton()
        roles = create_roles()
        self.stdout.write(f"The centre has its {len(pages)} sections in both languages and {len(roles)} roles.")
