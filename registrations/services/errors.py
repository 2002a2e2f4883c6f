"""Why a change of seats was refused. Whatever is raised, nothing was written."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from events.models import Occurrence
    from registrations.models import Offer
    from registrations.services.prices import PriceLine
    from registrations.services.requests import Person


class BookingRefused(Exception):
    """Something prevents the change."""


class NotBookable(BookingRefused):
    """A date takes no registration now; `occurrence` is as it stands, or None when it is gone or unpublished."""

    def __init__(self, occurrence: "Occurrence | None") -> None:
        super().__init__(occurrence.pk if occurrence else None)
        self.occurrence = occurrence


class AlreadyRegistered(BookingRefused):
    """These people have an active registration for one of the dates, or for another date of the same session."""

    def __init__(self, people: "list[Person]") -> None:
        super().__init__(len(people))
        self.people = people


class PriceChanged(BookingRefused):
    """The prices shown are no longer those asked; `lines` holds the new ones."""

    def __init__(self, lines: "list[PriceLine]") -> None:
        super().__init__(len(lines))
        self.lines = lines


class QuestionsChanged(BookingRefused):
    """The questions of the dates are no longer those that were answered."""


class NoSeatLeft(BookingRefused):
    """The officer wants to seat more people than there are free seats."""


class NotAllowed(BookingRefused):
    """The table of transitions does not lead from the registration's state to the one asked for."""


class OfferClosed(BookingRefused):
    """The offer was answered, withdrawn, or its deadline is past; `offer` is as it stands."""

    def __init__(self, offer: "Offer") -> None:
        super().__init__(offer.pk)
        self.offer = offer


class AlreadySettled(BookingRefused):
    """The membership of this booking was proven, or refused, before."""


class OneOfThem(BookingRefused):
    """Two of the dates repeat the same session, of which one attends one."""


class TooBusy(BookingRefused):
    """The database was locked for too long, several times over."""
