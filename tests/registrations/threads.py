"""Real threads, each with its own connection, that start together."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connections


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


def errors_in(outcomes: Iterable[Any]) -> list[Exception]:
    """Return the exceptions among outcomes."""
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]
