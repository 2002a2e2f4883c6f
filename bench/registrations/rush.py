"""One run: many clients post the registration form at once, through the view, in several processes."""

import json
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from django.db import connections
from django.test import Client
from django.urls import reverse

from events.models import Occurrence
from registrations.enums import RegistrationState
from registrations.models import Booking, Registration
from registrations.services import booking, seats, waiting


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
            (booking, "has_seats_for", has_seats_for),
            (waiting, "end_overdue_offers", lambda ids: None),
            (waiting, "offer_what_is_free", lambda ids: None),
        ):
            patches.enter_context(mock.patch.object(module, name, stand_in))
        yield


def fields(number: int, opened: str) -> dict[str, str]:
    """Return what one client confirms: one person, of an organisation that nobody knows."""
    return {
        "key": str(uuid.uuid4()),
        "opened": opened,
        "action": "confirm",
        "shown_prices": "",
        "contact-first_name": "Claire",
        "contact-last_name": "Dubois",
        "contact-email": f"client{number}@example.org",
        "organisation-query": "Association des voisins",
        "organisation-searched": "Association des voisins",
        "organisation-choice": "other",
        "organisation-name": "Association des voisins",
        "organisation-kind": "association",
        "organisation-commune": "Amiens",
        "people-count": "1",
        "people-0-is_contact": "on",
        "people-0-category": "agent",
        "consent-agreed": "on",
    }


def run(
    plan: Plan, dates: list[Occurrence], opened: str, shown: dict[int, str], with_rule: bool, into: Path
) -> Outcome:
    """Run the plan in forked processes; each writes its durations in a file below `into`."""
    Booking.objects.all().delete()
    connections.close_all()
    began = time.perf_counter()
    children = [
        _fork(lambda part=part: _process(plan, dates, opened, shown, with_rule, part, into))
        for part in range(plan.processes)
    ]
    for child in children:
        os.waitpid(child, 0)
    seconds = time.perf_counter() - began
    durations, refused = [], 0
    for part in range(plan.processes):
        told = json.loads((into / f"{part}.json").read_text())
        durations += told["durations"]
        refused += told["refused"]
    seated = [Registration.objects.filter(occurrence=date, state=RegistrationState.CONFIRMED).count() for date in dates]
    return Outcome(durations, seconds, refused, seated)


def _fork(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def _process(
    plan: Plan,
    dates: list[Occurrence],
    opened: str,
    shown: dict[int, str],
    with_rule: bool,
    part: int,
    into: Path,
) -> None:
    """Post the share of one process, from as many threads as it has clients."""
    numbers = iter(range(part, plan.posts, plan.processes))
    guard, durations, refused = threading.Lock(), [], [0]

    def client() -> None:
        browser = Client()
        while True:
            with guard:
                number = next(numbers, None)
            if number is None:
                break
            date = dates[number // plan.processes % len(dates)]
            data = {**fields(number, opened), "shown_prices": shown[date.pk]}
            began = time.perf_counter()
            answer = browser.post(
                reverse("registrations:register", args=[date.pk]),
                data,
                REMOTE_ADDR=f"10.{number // 65536}.{number // 256 % 256}.{number % 256}",
                HTTP_HOST="localhost",
            )
            with guard:
                durations.append(time.perf_counter() - began)
                refused[0] += answer.status_code != 302
        connections.close_all()

    with ExitStack() as stack:
        if not with_rule:
            stack.enter_context(without_the_rule(plan))
        threads = [threading.Thread(target=client) for _number in range(max(1, plan.clients // plan.processes))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    (into / f"{part}.json").write_text(json.dumps({"durations": durations, "refused": refused[0]}))
