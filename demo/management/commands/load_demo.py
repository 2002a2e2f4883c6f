"""`manage.py load_demo`: a centre with believable content, for trying the portal out."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from demo.loader import load
from demo.loader.logins import create_logins, may_have_logins
from home.services import create_roles, create_skeleton
from portal.start import has_content


class Command(BaseCommand):
    help = "Load the demonstration into an empty database. Does nothing when the database has content."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--logins", action="store_true", help="make the logins with the public password even without DEBUG"
        )

    def handle(self, *args: Any, logins: bool, **options: Any) -> None:
        """Load everything, one printed step after another."""
        if has_content():
            self.stdout.write("The database has content: nothing was loaded. `make reset` starts afresh.")
            return
        began = monotonic()
        # Before the roles: one of them may add pages below the training offer.
        create_skeleton()
        user = None
        if may_have_logins(logins):
            user = create_logins()
        else:
            create_roles()
        load(user, say=self.stdout.write)
        self.stdout.write(f"The demonstration is loaded ({monotonic() - began:.0f} s).")
