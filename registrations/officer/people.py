"""The registrations of one date as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Occurrence
from registrations.enums import RegistrationState
from registrations.models import Registration

# Several dates are never decided about at once, and no date has more people than this.
MOST_IDS = 1000


@dataclass
class PeopleGroup:
    """A part of the list. `is_over`: nothing is decided there any more."""

    name: str
    label: str | Promise
    states: frozenset[RegistrationState]
    is_over: bool = False
    rows: list[tuple[Registration, int | None]] = field(default_factory=list)


def _groups() -> list[PeopleGroup]:
    return [
        PeopleGroup(
            "participants", _("Participants"), frozenset({RegistrationState.CONFIRMED, RegistrationState.OFFERED})
        ),
        PeopleGroup("requests", _("Requests to answer"), frozenset({RegistrationState.PENDING})),
        PeopleGroup("waiting", _("Waiting list"), frozenset({RegistrationState.WAITLISTED})),
        PeopleGroup(
            "closed",
            _("Cancelled, declined or not accepted"),
            frozenset(
                {
                    RegistrationState.CANCELLED,
                    RegistrationState.REJECTED,
                    RegistrationState.DECLINED,
                    RegistrationState.EXPIRED,
                }
            ),
            is_over=True,
        ),
    ]


def people_of(occurrence: Occurrence) -> list[PeopleGroup]:
    """Return the registrations of a date, each with its rank on the waiting list: names in order, ranks in theirs."""
    positions = Registration.objects.positions([occurrence.pk])
    rows = Registration.objects.filter(occurrence=occurrence).with_people().select_related("offer")
    rows = sorted(rows, key=lambda row: (positions.get(row.pk, 0), row.participant.last_name.casefold(), row.pk))
    groups = _groups()
    for group in groups:
        group.rows = [(row, positions.get(row.pk)) for row in rows if row.state in group.states]
    return groups


def in_order(occurrence: Occurrence) -> list[tuple[Registration, int | None]]:
    """Return the registrations of a date with their ranks: places, requests, waiting list, then what is closed."""
    return [pair for group in people_of(occurrence) for pair in group.rows]


def chosen_of(occurrence: Occurrence, typed: Iterable[str]) -> list[Registration] | None:
    """Return the registrations of a date by the keys that a form sent; None when one of them is not of that date."""
    return chosen_in(Registration.objects.filter(occurrence=occurrence).with_people().order_by("pk"), typed)


def chosen_in(registrations: QuerySet, typed: Iterable[str]) -> list[Registration] | None:
    """Return those of some registrations whose keys a form sent; None for no key, and when one is not among them."""
    ids = {int(text) for text in typed if text.isdecimal() and len(text) < 19}
    if not ids or len(ids) > MOST_IDS or len(ids) != len(set(typed)):
        return None
    rows = list(registrations.filter(pk__in=ids))
    return rows if len(rows) == len(ids) else None
