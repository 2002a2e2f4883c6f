"""What `make run` does between an empty folder and a server that answers, one printed step after another."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Page, Site

from portal.messages import compile_catalogues

# Seconds between two turns of the background work beside the server of a demonstration.
DUE_SECONDS = 15

_start_notes: list[Callable[[], list[str]]] = []


def start_note(function: Callable[[], list[str]]) -> Callable[[], list[str]]:
    """Register a function whose lines are printed after the addresses (the demonstration's logins, for example)."""
    _start_notes.append(function)
    return function


def start_notes() -> list[str]:
    """Return the lines of every registered note."""
    return [line for note in _start_notes for line in note()]


def compile_messages() -> bool:
    """Compile the catalogues that changed. Says whether any had."""
    written = [path for folder in settings.LOCALE_PATHS for path in compile_catalogues(Path(folder))]
    return bool(written)


def migrate() -> bool:
    """Apply the migrations that wait. Says whether any did."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    waiting = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    return waiting


def has_content() -> bool:
    """Say whether a page of ours exists: Wagtail's migrations leave two of the bare type behind."""
    return Page.objects.exclude(content_type__app_label="wagtailcore").exists()


def fill(command: str) -> None:
    """Fill an empty database with `load_demo` or `setup_centre`.

    Its services commit as they go, so that an interrupted filling cannot be rolled back as a whole: a mark tells the
    next start. Raises CommandError when it finds that mark.
    """
    mark = settings.VAR_DIR / "filling"
    if mark.exists():
        raise CommandError("the first start was interrupted while it filled the database: run `make reset` first")
    if has_content():
        return
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    call_command(command, verbosity=0)
    mark.unlink()


def follow_port(port: int) -> str:
    """Make every absolute address start with the one that the server answers at, and return it."""
    site = Site.objects.filter(is_default_site=True).first()
    if site and (site.hostname, site.port) != ("localhost", port):
        site.hostname, site.port = "localhost", port
        site.save()
    return f"http://localhost:{port}"


def has_administrator() -> bool:
    """Say whether somebody can log in and see everything."""
    return get_user_model().objects.filter(is_superuser=True, is_active=True).exists()


@contextmanager
def background_work(seconds: int = DUE_SECONDS) -> Iterator[subprocess.Popen[bytes]]:
    """Run `run_due` beside the server until the block ends, or until this process dies in whatever way.

    Its standard input is a pipe that only this process holds open. A session of its own keeps the Ctrl-C meant for
    the server from cutting a job in two.
    """
    command = [sys.executable, sys.argv[0], "run_due", "--loop", str(seconds), "--until-input-closes"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own command
    try:
        yield child
    finally:
        if child.stdin:
            child.stdin.close()
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.terminate()
            child.wait(timeout=5)
