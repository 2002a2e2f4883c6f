"""Random histories of bookings, offers, cancellations, changes and hours that pass. The drill runs more of them."""

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from registrations.services import waiting
from tests.registrations.histories import Histories, setting

pytestmark = pytest.mark.django_db
PARTS, EACH, STEPS = 4, 50, 12
DRILL_EACH = 500
# A run that never goes there proves nothing about it.
WAYS = {
    ("", "confirmed"),
    ("", "waitlisted"),
    ("waitlisted", "offered"),
    ("offered", "expired"),
    ("confirmed", "cancelled"),
}


def run(examples: int, seed: int, phases: Iterable[Phase] = tuple(Phase)) -> set[tuple[str, str]]:
    """Run random histories and return the steps that they took. Without shrinking, a fault ends it at once."""
    seen: Counter[tuple[str, str]] = Counter()
    machine = seeded(seed)(type("Seeded", (Histories,), {"setting": setting(), "seen": seen}))
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=quiet,
            database=None,
            phases=tuple(phases),
        ),
    )
    return set(seen)


@pytest.mark.parametrize("part", range(PARTS))
def test_two_hundred_random_histories_break_no_invariant(part):
    assert run(EACH, seed=part, phases=[Phase.generate]) >= {
        ("", "confirmed"),
        ("", "waitlisted"),
        ("waitlisted", "offered"),
    }


def test_control_a_service_that_forgets_who_was_offered_a_place_is_found_out(monkeypatch):
    """If this fails, the histories above prove nothing: a place is offered to two groups at once."""
    monkeypatch.setattr(waiting, "free_seats", lambda occurrence: None)
    with pytest.raises(BaseException):  # noqa: B017, PT011 (hypothesis groups what it finds)
        run(EACH, seed=0, phases=[Phase.generate])


@pytest.mark.drill
@pytest.mark.parametrize("part", range(PARTS))
def test_two_thousand_random_histories_break_no_invariant(part):
    assert run(DRILL_EACH, seed=100 + part) >= WAYS
