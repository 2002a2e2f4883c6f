"""The state of an occurrence, computed: nobody types «Complet»."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from events.enums import BY_APPROVAL_MODES, OccurrenceState, OccurrenceStatus, PageLife, RegistrationMode
from search.enums import Places, Price

if TYPE_CHECKING:
    from events.models import Occurrence

FEW_PLACES = 3
TAKES_REGISTRATIONS = frozenset(
    {OccurrenceState.OPEN, OccurrenceState.FEW_LEFT, OccurrenceState.BY_APPROVAL, OccurrenceState.ELSEWHERE}
)
# Of the dates ahead, the first of these that one of them is in speaks for the page.
LIFE_AHEAD = (
    (PageLife.OPEN, TAKES_REGISTRATIONS),
    (PageLife.FULL, {OccurrenceState.FULL}),
    (PageLife.NO_REGISTRATION, {OccurrenceState.NO_REGISTRATION}),
    (PageLife.NOT_YET_OPEN, {OccurrenceState.NOT_YET_OPEN}),
    (PageLife.SAVE_THE_DATE, {OccurrenceState.SAVE_THE_DATE, OccurrenceState.TENTATIVE}),
    (PageLife.CLOSED, {OccurrenceState.CLOSED}),
)


def occurrence_state(occurrence: "Occurrence", now: datetime.datetime) -> OccurrenceState:
    """Return the state of an occurrence at an instant: what the centre decided, then the clock, then the seats."""
    decided = {
        OccurrenceStatus.CANCELLED: OccurrenceState.CANCELLED,
        OccurrenceStatus.POSTPONED: OccurrenceState.POSTPONED,
    }.get(OccurrenceStatus(occurrence.status))
    if decided:
        return decided
    if occurrence.ends_at is not None and occurrence.ends_at <= now:
        return OccurrenceState.PAST
    if occurrence.status == OccurrenceStatus.TENTATIVE:
        return OccurrenceState.TENTATIVE
    by_mode = {
        RegistrationMode.SAVE_THE_DATE: OccurrenceState.SAVE_THE_DATE,
        RegistrationMode.NONE: OccurrenceState.NO_REGISTRATION,
    }.get(RegistrationMode(occurrence.registration_mode))
    return by_mode or _window_state(occurrence, now)


def _window_state(occurrence: "Occurrence", now: datetime.datetime) -> OccurrenceState:
    """Return the state of an occurrence that takes registrations, from its window and its seats."""
    closes = occurrence.registration_closes or occurrence.starts_at
    if closes is not None and closes <= now:
        return OccurrenceState.CLOSED
    if occurrence.registration_opens is not None and occurrence.registration_opens > now:
        return OccurrenceState.NOT_YET_OPEN
    if occurrence.registration_mode == RegistrationMode.ELSEWHERE:
        return OccurrenceState.ELSEWHERE
    if occurrence.is_full:
        return OccurrenceState.FULL
    if occurrence.registration_mode in BY_APPROVAL_MODES:
        return OccurrenceState.BY_APPROVAL
    left = occurrence.places_left
    return OccurrenceState.FEW_LEFT if left is not None and left <= FEW_PLACES else OccurrenceState.OPEN


def price_ahead(occurrences: Iterable["Occurrence"]) -> str:
    """Return whether what is ahead of these dates costs something, "" when nothing is."""
    ahead = [occurrence for occurrence in occurrences if occurrence.is_ahead]
    if not ahead:
        return ""
    return Price.PAID if any(occurrence.price_list_id for occurrence in ahead) else Price.FREE


def places_ahead(occurrences: Iterable["Occurrence"]) -> str:
    """Return whether one of these dates has places, or those that took registrations are full; else ""."""
    states = {occurrence.state for occurrence in occurrences}
    if states & TAKES_REGISTRATIONS:
        return Places.OPEN
    return Places.FULL if OccurrenceState.FULL in states else ""


def page_life(occurrences: Iterable["Occurrence"], has_programme: bool, has_report: bool) -> PageLife:
    """Return where the page of these dates stands: what is ahead first, else what was held, else what was called off.

    `has_programme`: the programme can be read already; `has_report`: something tells what a date has left.
    """
    dates = list(occurrences)
    states = {occurrence.state for occurrence in dates}
    ahead = next((life for life, found in LIFE_AHEAD if states & found), None)
    if ahead == PageLife.SAVE_THE_DATE and has_programme:
        return PageLife.ANNOUNCED
    if ahead:
        return ahead
    if any(occurrence.is_held for occurrence in dates):
        return PageLife.REPORTED if has_report else PageLife.HELD
    called_off = {OccurrenceState.POSTPONED: PageLife.POSTPONED, OccurrenceState.CANCELLED: PageLife.CANCELLED}
    return next((life for state, life in called_off.items() if state in states), PageLife.UNDATED)
