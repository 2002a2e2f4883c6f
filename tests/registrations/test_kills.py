"""A process killed at any point of a booking leaves a complete booking with its messages, or none (`make drills`)."""

import os
import random
import signal
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from events.models import Occurrence
from outbox.models import Message
from registrations.models import Booking, Participant, Registration, Transition
from registrations.proof import proof
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking
from tests.processes import fork

pytestmark = [
    pytest.mark.drill,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform == "win32", reason="kills need fork and signals"),
]
KILLS = 50
PEOPLE = ("ines", "omar", "lea")


class KillAt:
    """Counts the statements of a connection, and kills its process before or after one of them."""

    def __init__(self, number: int, after: bool) -> None:
        self.number, self.after, self.seen = number, after, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Run a statement, or die by it."""
        self.seen += 1
        if self.seen == self.number and not self.after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = execute(sql, params, many, context)
        if self.seen == self.number:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def in_a_process_of_its_own(work: Callable[[], object]) -> int:
    """Run `work` in a forked process; return how it ended: 0, or the negative number of the signal."""
    connections.close_all()
    _pid, status = os.waitpid(fork(work), 0)
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def statements_of_a_booking(dates: list[Occurrence]) -> int:
    """Return how many statements a booking takes, by making one."""
    counter = KillAt(0, after=True)
    with connection.execute_wrapper(counter):
        make_booking(*dates, people=PEOPLE)
    return counter.seen


def picture() -> tuple[int, ...]:
    """Count what a booking writes."""
    return tuple(model.objects.count() for model in (Booking, Participant, Registration, Transition, Message))


def test_fifty_kills_leave_complete_bookings_or_none(session_page):
    dates = [make_occurrence(session_page, days=day, capacity=4) for day in (30, 40)]
    length = statements_of_a_booking(dates)
    chance = random.Random(2026)
    complete = none = 0
    for kill in range(KILLS):
        before = picture()
        killer = KillAt(chance.randint(1, length + length // 4), after=chance.random() < 0.5)
        people = tuple(f"{name}{kill}" for name in PEOPLE)

        def book(killer: KillAt = killer, people: tuple[str, ...] = people) -> None:
            with connection.execute_wrapper(killer):
                make_booking(*dates, people=people)

        in_a_process_of_its_own(book)
        gained = tuple(now - then for now, then in zip(picture(), before, strict=True))
        # One booking, three people on two dates, a message to each of them and to the contact.
        assert gained in ((0, 0, 0, 0, 0), (1, 3, 6, 6, 4)), f"half a booking after statement {killer.number}"
        complete, none = complete + bool(gained[0]), none + (not gained[0])
        assert [check.label for check in proof() if check.faults] == []
    # Both happened, else the kills came too early or too late to prove anything.
    assert complete
    assert none
