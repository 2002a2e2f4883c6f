"""One run: many clients post the registration form at once, through the view, in several processes."""

import contextlib
import json
import os
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest import mock

from django.db import connections
from django.test import Client
from django.urls import reverse

from events.models import Occurrence
from registrations.enums import RegistrationState
from registrations.models import Booking, Registration
from registrations.services import seats, waiting
from tests.processes import fork
from tests.registrations.visitor import answers


@dataclass(frozen=True)
class Plan:
    """How many posts, by how many clients, in how many processes, on dates of how many seats."""

    posts: int
    clients: int
    processes: int
    dates: int
    seats: int


@dataclass(frozen=True)
class Outcome:
    """What came of a run: seconds of each post in order, the whole in seconds, answers other than a booking, seats."""

    durations: list[float]
    seconds: float
    refused: int
    seated: list[int]

    def percentile(self, share: float) -> float:
        """Return the duration that this share of the posts did not exceed, in seconds."""
        ordered = sorted(self.durations)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@contextmanager
def without_the_rule(plan: Plan) -> Iterator[None]:
    """The baseline: the same view and the same rows, without writing the counters first and without recounting.

    Each process seats its share of each date, so that as many rows of each state are written.
    """
    share = plan.seats // plan.processes
    given: dict[int, int] = {}
    guard = threading.Lock()

    def has_seats_for(occurrence: Occurrence, size: int) -> bool:
        with guard:
            given[occurrence.pk] = given.get(occurrence.pk, 0) + size
            return given[occurrence.pk] <= share

    with ExitStack() as patches:
        for module, name, stand_in in (
            (seats, "lock_counters", lambda ids: None),
            (seats, "has_seats_for", has_seats_for),
            (waiting, "end_overdue_offers", lambda ids: None),
            (waiting, "offer_what_is_free", lambda ids: None),
        ):
            patches.enter_context(mock.patch.object(module, name, stand_in))
        yield


@dataclass(frozen=True)
class Form:
    """What each client confirms: the dates they choose from, when they opened the form, the prices it showed."""

    dates: list[Occurrence]
    opened: str
    shown: dict[int, str]

    def post(self, browser: Client, number: int, date: Occurrence) -> bool:
        """Confirm the booking of one person for one date; return whether it was taken."""
        typed = answers(**{"people-count": "1", "contact-email": f"client{number}@example.org"})
        confirmed = {"key": str(uuid.uuid4()), "opened": self.opened, "action": "confirm"}
        address = f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"
        answer = browser.post(
            reverse("registrations:register", args=[date.pk]),
            {**typed, **confirmed, "shown_prices": self.shown[date.pk]},
            REMOTE_ADDR=address,
            HTTP_HOST="localhost",
        )
        return answer.status_code == 302


def run(plan: Plan, form: Form, with_rule: bool, into: Path) -> Outcome:
    """Run the plan in forked processes; each writes its durations in a file below `into`."""
    Booking.objects.all().delete()
    connections.close_all()
    began = time.perf_counter()
    children = [
        fork(partial(_process, plan, form, with_rule, part, into / f"{part}.json")) for part in range(plan.processes)
    ]
    for child in children:
        os.waitpid(child, 0)
    seconds = time.perf_counter() - began
    told = [json.loads((into / f"{part}.json").read_text()) for part in range(plan.processes)]
    durations = [duration for part in told for duration in part["durations"]]
    confirmed = Registration.objects.filter(state=RegistrationState.CONFIRMED)
    seated = [confirmed.filter(occurrence=date).count() for date in form.dates]
    return Outcome(durations, seconds, sum(part["refused"] for part in told), seated)


def _process(plan: Plan, form: Form, with_rule: bool, part: int, into: Path) -> None:
    """Post the share of one process, from as many threads as it has clients."""
    share = _Share(plan, form, part)
    with contextlib.nullcontext() if with_rule else without_the_rule(plan):
        threads = [threading.Thread(target=share.client) for _number in range(max(1, plan.clients // plan.processes))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    into.write_text(json.dumps({"durations": share.durations, "refused": share.refused}))


class _Share:
    """The posts of one process, which its threads take one after the other."""

    def __init__(self, plan: Plan, form: Form, part: int) -> None:
        self.form, self.processes = form, plan.processes
        self.numbers = iter(range(part, plan.posts, plan.processes))
        self.guard = threading.Lock()
        self.durations: list[float] = []
        self.refused = 0

    def client(self) -> None:
        """Post until nothing is left."""
        browser = Client()
        while (number := self._next()) is not None:
            date = self.form.dates[number // self.processes % len(self.form.dates)]
            began = time.perf_counter()
            is_taken = self.form.post(browser, number, date)
            with self.guard:
                self.durations.append(time.perf_counter() - began)
                self.refused += not is_taken
        connections.close_all()

    def _next(self) -> int | None:
        with self.guard:
            return next(self.numbers, None)
