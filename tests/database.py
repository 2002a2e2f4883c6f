"""Templates of the test database: what a transactional test starts from, put back after it.

Django empties every table after a transactional test. That also removes what Wagtail's migrations wrote (root page,
languages, collections), and the next test would find a site without pages. Copying a template back is right, and
quicker than emptying some hundred tables.
"""

import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, connections

# Suites whose behaviour the database may decide: the second pass runs them on PostgreSQL.
BOTH_ENGINES = ("alerts", "directory", "events", "newsletter", "outbox", "portal", "registrations", "search")
# Of these suites, what only renders or computes: the database decides nothing of it, and the second pass is long.
ONE_ENGINE = frozenset(
    {
        *("directory/test_blocks.py", "directory/test_official_territories.py", "directory/test_outlines.py"),
        *("events/test_life.py", "events/test_members.py", "events/test_states.py"),
        *("outbox/test_layout.py", "outbox/test_texts.py"),
        *("portal/test_block_errors.py", "portal/test_blocks.py", "portal/test_embeds.py", "portal/test_films.py"),
        *("portal/test_formats.py", "portal/test_languages.py", "portal/test_structured_data.py"),
        *("portal/test_admin_words.py", "portal/test_translation.py", "outbox/test_masking.py"),
        *("registrations/test_closed_to_co_organisers.py", "registrations/test_forged_requests.py"),
        "registrations/test_questions_admin.py",
        "search/test_analysis.py",
    }
)

# How long a restore waits for a connection that a thread of the last test left in a transaction.
PATIENCE_SECONDS = 20


class Template:
    """A copy of the test database and of the uploaded files, under a name."""

    def __init__(self, name: str) -> None:
        # Read now: the name of the test database has its worker's suffix only once the databases are set up.
        self.source = str(connection.settings_dict["NAME"])
        self.copy = f"{self.source}_{name}"
        self.media = Path(settings.MEDIA_ROOT).parent / f"media-{name}"

    def make(self) -> None:
        """Take the copy from the database and the files as they are."""
        _copy_database(self.source, self.copy)
        _copy_folder(Path(settings.MEDIA_ROOT), self.media)

    def restore(self) -> None:
        """Put the copy back, and forget what this process remembers of the rows that were there."""
        _copy_database(self.copy, self.source)
        _copy_folder(self.media, Path(settings.MEDIA_ROOT))
        cache.clear()
        ContentType.objects.clear_cache()

    def drop(self) -> None:
        """Delete the copy."""
        connections.close_all()
        if connection.vendor == "sqlite":
            for suffix in ("", "-wal", "-shm"):
                Path(self.copy + suffix).unlink(missing_ok=True)
        else:
            _run_on_server(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')
        shutil.rmtree(self.media, ignore_errors=True)


def _copy_database(source: str, target: str) -> None:
    connections.close_all()
    if connection.vendor == "sqlite":
        _copy_sqlite(source, target)
    else:
        _run_on_server(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{source}' AND pid <> pg_backend_pid()",
            f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)',
            f'CREATE DATABASE "{target}" TEMPLATE "{source}"',
        )


def _copy_sqlite(source: str, target: str) -> None:
    """Use SQLite's own backup: it takes the locks, and knows the write-ahead log, where copying files does not."""
    with sqlite3.connect(source) as reader, sqlite3.connect(target) as writer:
        writer.execute("PRAGMA synchronous=OFF")
        reader.backup(writer, progress=_out_of_patience(time.monotonic() + PATIENCE_SECONDS), sleep=0.01)
    reader.close()
    writer.close()


def _out_of_patience(deadline: float) -> Callable[[int, int, int], None]:
    def progress(_status: int, _remaining: int, _total: int) -> None:
        if time.monotonic() > deadline:
            raise TimeoutError("a connection left open by the last test keeps the test database locked")

    return progress


def _run_on_server(*statements: str) -> None:
    """Run statements that concern whole databases, from a connection to none of them."""
    with connection._nodb_cursor() as cursor:  # Django offers no public door
        for statement in statements:
            cursor.execute(statement)


def _copy_folder(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target)
