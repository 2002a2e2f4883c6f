"""Somebody else who writes to SQLite meanwhile."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def write_lock_held(most: float) -> Iterator[None]:
    """Hold the lock for writing on another connection until the block ends, `most` seconds at most."""
    locked, released = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                locked.set()
                released.wait(most)
                cursor.execute("ROLLBACK")
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert locked.wait(10)
    yield
    released.set()
    thread.join()
