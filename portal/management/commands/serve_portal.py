import os
import sys
from argparse import ArgumentParser, BooleanOptionalAction
from time import monotonic

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from portal import start


class Command(BaseCommand):
    """The whole of `make run` that needs Django: one process, so that a second start takes a few seconds."""

    help = "Prepares the database, fills it if it is empty, and serves the portal on this machine."
    # The commands called from here check what they need.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--demo", action=BooleanOptionalAction, default=True, help="fill an empty database with it")
        parser.add_argument("--prepare-only", action="store_true", help="stop before the server")

    def handle(self, *args: object, port: int, demo: bool, prepare_only: bool, **options: object) -> None:
        """Print each step, the addresses and the logins, then serve until interrupted."""
        if not settings.DEBUG:
            raise CommandError("serve_portal is for one's own machine; docs/operations.md tells what production needs")
        began = monotonic()
        address = self.prepare(port, demo=demo)
        self.say(f"Ready in {monotonic() - began:.0f} s.")
        self.announce(address)
        if not prepare_only:
            # The warning that this server is not for production is for those who did not ask for `make run`.
            os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
            with start.background_work():
                call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, skip_checks=True)

    def prepare(self, port: int, *, demo: bool) -> str:
        """Bring messages, tables, address and content up to date; return the address."""
        if start.compile_messages():
            self.say("Messages compiled.")
            # Django read the old ones, or none, as it started, and keeps them: begin again, once, with the new.
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - ourselves, as we were called
        self.say("Database: " + str(settings.DATABASES["default"]["NAME"]))
        if start.migrate():
            self.say("Tables created or updated.")
        # Before the content: the messages of its bookings carry absolute addresses.
        address = start.follow_port(port)
        # The e-mails of Wagtail's admin, here and in the background work, carry the same one.
        os.environ["PORTAL_BASE_URL"] = settings.WAGTAILADMIN_BASE_URL = address
        if start.has_content():
            self.say("Content kept as it was.")
        else:
            what = "the demonstration" if demo else "an empty centre in both languages"
            self.say(f"Filling the database with {what} (once) …")
        start.fill("load_demo" if demo else "setup_centre")
        return address

    def announce(self, address: str) -> None:
        """Print where to go, and who may log in."""
        self.say("")
        self.say(f"  site, French    {address}/fr/")
        self.say(f"  site, English   {address}/en/")
        self.say(f"  admin           {address}/admin/")
        for line in start.start_notes():
            self.say(f"  {line}")
        if not start.has_administrator():
            self.say("  no administrator yet: .venv/bin/python manage.py createsuperuser")
        self.say("")
        self.say("Ctrl-C stops the portal; make reset starts afresh.")

    def say(self, line: str) -> None:
        """Print at once: a long step must not look like a stop."""
        self.stdout.write(line)
        self.stdout.flush()
