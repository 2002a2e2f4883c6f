"""Real threads, each with its own connection, that start together."""

import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pytest
from django.db import connection, connections

from registrations.services import seats, waiting

Result = TypeVar("Result")


def all_at_once(actions: Iterable[Callable[[], Any]]) -> list[Any]:
    """Call every action in a thread of its own, all released at the same instant; return results or exceptions."""
    actions = list(actions)
    gate = threading.Barrier(len(actions))
    outcomes: list[Any] = [None] * len(actions)

    def run(number: int, action: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=30)
            outcomes[number] = action()
        except Exception as error:  # noqa: BLE001 (the test judges it)
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads), "a thread never ended"
    return outcomes


def slowly(decide: Callable[..., Result]) -> Callable[..., Result]:
    """Return a function that decides, then dawdles: time for another thread to decide too, if nothing bars it."""

    def decide_slowly(*args: Any) -> Result:
        decided = decide(*args)
        time.sleep(0.02)
        return decided

    return decide_slowly


def together(decide: Callable[..., Result], parties: int) -> Callable[..., Result]:
    """Return a function that decides, then waits until `parties` threads have: the worst order of events.

    For controls, whose lock is taken away: they then fail each time, and not when the machine happens to be idle.
    """
    gate = threading.Barrier(parties)
    numbers = itertools.count()

    def decide_then_wait(*args: Any) -> Result:
        decided = decide(*args)
        if next(numbers) < parties:
            gate.wait(timeout=30)
        return decided

    return decide_then_wait


def without_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the guard of the seats away, for a control: the counters held first, and their check at the end.

    The check alone would stop some of those who come together, by chance: only the lock is shown by a control without
    both. On SQLite, where any transaction already comes alone (IMMEDIATE), there is then none.
    """
    monkeypatch.setattr(seats, "lock_counters", lambda ids: None)
    monkeypatch.setattr(waiting, "write_counters", lambda dates: None)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(seats.transaction, "atomic", lambda **kwargs: contextlib.nullcontext())


def errors_in(outcomes: Iterable[Any]) -> list[Exception]:
    """Return the exceptions among outcomes."""
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]
