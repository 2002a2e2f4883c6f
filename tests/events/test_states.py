"""The state of a date is computed from what the centre decided, the clock, and the seats."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from events.enums import OccurrenceState, OccurrenceStatus, RegistrationMode
from events.models import HalfDay, Occurrence, SeatCounter
from events.states import occurrence_state

DAY = datetime.date(2026, 11, 24)


def at(hour: int, minute: int = 0, day: datetime.date = DAY) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Europe/Paris"))


def occurrence(taken: int = 0, **fields) -> Occurrence:
    row = Occurrence(day=DAY, **fields)
    row.half_days = [HalfDay(starts=datetime.time(9, 30), ends=datetime.time(17))]
    row.seat_counter = SeatCounter(taken=taken)
    return row


@pytest.mark.parametrize(
    ("fields", "now", "expected"),
    [
        ({"capacity": 10}, at(8), OccurrenceState.OPEN),
        ({"capacity": 10, "taken": 7}, at(8), OccurrenceState.FEW_LEFT),
        ({"capacity": 10, "taken": 6}, at(8), OccurrenceState.OPEN),
        ({"capacity": 10, "taken": 10}, at(8), OccurrenceState.FULL),
        ({"capacity": 10, "taken": 12}, at(8), OccurrenceState.FULL),
        ({"capacity": None, "taken": 500}, at(8), OccurrenceState.OPEN),
        ({}, at(9, 30), OccurrenceState.CLOSED),
        ({}, at(9, 29), OccurrenceState.OPEN),
        ({}, at(17), OccurrenceState.PAST),
        ({"status": OccurrenceStatus.CANCELLED}, at(18), OccurrenceState.CANCELLED),
        ({"status": OccurrenceStatus.POSTPONED}, at(8), OccurrenceState.POSTPONED),
        ({"status": OccurrenceStatus.TENTATIVE}, at(8), OccurrenceState.TENTATIVE),
        ({"registration_mode": RegistrationMode.SAVE_THE_DATE}, at(8), OccurrenceState.SAVE_THE_DATE),
        ({"registration_mode": RegistrationMode.NONE}, at(8), OccurrenceState.NO_REGISTRATION),
        ({"registration_mode": RegistrationMode.ELSEWHERE}, at(8), OccurrenceState.ELSEWHERE),
        ({"registration_mode": RegistrationMode.BY_APPROVAL}, at(8), OccurrenceState.BY_APPROVAL),
        ({"registration_mode": RegistrationMode.BY_APPROVAL, "capacity": 1, "taken": 1}, at(8), OccurrenceState.FULL),
        ({"registration_opens": at(8, 1)}, at(8), OccurrenceState.NOT_YET_OPEN),
        ({"registration_closes": at(8)}, at(8), OccurrenceState.CLOSED),
        ({"capacity": 0}, at(8), OccurrenceState.FULL),
    ],
)
def test_a_date_says_what_a_visitor_needs_to_know(fields, now, expected):
    assert occurrence_state(occurrence(**fields), now) == expected


def test_a_date_without_hours_is_past_only_when_its_day_is_over():
    row = Occurrence(day=DAY, registration_mode=RegistrationMode.NONE)
    assert occurrence_state(row, at(23, 59)) == OccurrenceState.NO_REGISTRATION
    assert occurrence_state(row, at(0, day=DAY + datetime.timedelta(days=1))) == OccurrenceState.PAST


def test_hours_are_those_of_paris_on_both_sides_of_a_clock_change():
    summer, winter = Occurrence(day=datetime.date(2026, 10, 24)), Occurrence(day=datetime.date(2026, 10, 26))
    for row in (summer, winter):
        row.half_days = [HalfDay(starts=datetime.time(9, 30), ends=datetime.time(12))]
    assert summer.starts_at.astimezone(datetime.UTC).hour == 7
    assert winter.starts_at.astimezone(datetime.UTC).hour == 8
