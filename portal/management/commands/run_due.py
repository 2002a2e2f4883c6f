import select
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from portal.due import run_due


class Command(BaseCommand):
    """Background work: one turn for cron or a systemd timer, or turn after turn beside a server."""

    # Cron starts it every minute: the checks belong to the start of the server.
    requires_system_checks = []
    help = "Runs the background jobs that are due (messages, deadlines, reminders, …)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--loop", type=int, metavar="SECONDS", help="start again that many seconds after each turn")
        parser.add_argument(
            "--until-input-closes", action="store_true", help="end when standard input closes: when the parent is gone"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Run one turn, or turns until interrupted."""
        seconds = options["loop"]
        self.turn()
        try:
            while seconds and not self.told_to_stop(int(str(seconds)), bool(options["until_input_closes"])):
                self.turn()
        except KeyboardInterrupt:
            self.stdout.write("run_due stops.")

    def turn(self) -> None:
        """Run what is due and say what ran."""
        for name, went_well in run_due():
            self.stdout.write(f"{name}: {'done' if went_well else 'failed, see the log'}")

    @staticmethod
    def told_to_stop(seconds: int, until_input_closes: bool) -> bool:
        """Wait, and say whether the process that holds the other end of standard input has gone meanwhile.

        The kernel closes that end however the parent dies, SIGKILL included, so no orphan goes on working.
        """
        watched = [sys.stdin] if until_input_closes else []
        readable, _, _ = select.select(watched, [], [], seconds)
        return bool(readable)
