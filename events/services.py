"""Changing an occurrence, and what it costs."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from directory.models import Membership, Organisation
from directory.official_territories import OfficialTerritory
from directory.services import membership_for, membership_of
from events.amounts import Price
from events.enums import FeeAudience, PriceRule
from events.models import Occurrence
from events.seats import lock_counters
from events.signals import occurrence_changed
from events.validation import source_of


class CalendarFacts(NamedTuple):
    """What calendars of participants show of a date: a change of one of these raises the sequence number."""

    day: datetime.date | None
    doors: datetime.time | None
    venue_id: int | None
    video_link: str
    status: str
    hours: tuple[tuple[datetime.time, datetime.time], ...]
    postponed_from: datetime.date | None = None

    @classmethod
    def of(cls, occurrence: Occurrence) -> "CalendarFacts":
        """Return what calendars show of the stored occurrence."""
        hours = tuple(occurrence.half_days.values_list("starts", "ends"))
        return cls(
            occurrence.day,
            occurrence.doors,
            occurrence.venue_id,
            occurrence.video_link,
            occurrence.status,
            hours,
            occurrence.postponed_from,
        )


def save_occurrence(
    occurrence: Occurrence,
    user: AbstractBaseUser | None = None,
    save: Callable[[], object] | None = None,
    reason: str = "",
) -> Occurrence:
    """Save an occurrence and tell who depends on it, its seat counter held meanwhile.

    `save` writes the row with its half-days and co-organisers (a form's `save`); by default the occurrence's own.
    `reason` is told to the people concerned, where the change is told to somebody.
    The page becomes the one in the source language. Raises RuntimeError inside another transaction: whoever books at
    the same time must see all of it or nothing.
    """
    with transaction.atomic(durable=True):
        return _save_in_transaction(occurrence, user, save, reason)


def create_occurrences(
    make: Callable[[], Iterable[Occurrence]], user: AbstractBaseUser | None = None
) -> list[Occurrence]:
    """Save the new occurrences that `make` returns, together with whatever it wrote itself, such as their pages.

    One durable transaction: all of it or nothing, and whatever `make` raises passes through. Raises RuntimeError
    inside another transaction, as `save_occurrence` does.
    """
    with transaction.atomic(durable=True):
        return [_save_in_transaction(occurrence, user) for occurrence in make()]


def _save_in_transaction(
    occurrence: Occurrence,
    user: AbstractBaseUser | None,
    save: Callable[[], object] | None = None,
    reason: str = "",
) -> Occurrence:
    created = occurrence.pk is None
    before = None if created else CalendarFacts.of(Occurrence.objects.get(pk=occurrence.pk))
    if not created:
        lock_counters([occurrence.pk])
    occurrence.page = source_of(occurrence.page)
    (save or occurrence.save)()
    if created:
        lock_counters([occurrence.pk])
    _raise_sequence(occurrence, before)
    occurrence_changed.send(Occurrence, occurrence=occurrence, user=user, created=created, before=before, reason=reason)
    return occurrence


def _raise_sequence(occurrence: Occurrence, before: CalendarFacts | None) -> None:
    """Count a change that calendars must take over (iCalendar SEQUENCE, RFC 5545 section 3.8.7.4)."""
    stored = Occurrence.objects.get(pk=occurrence.pk)
    if before is not None and CalendarFacts.of(stored) != before:
        occurrence.calendar_sequence = stored.calendar_sequence + 1
        Occurrence.objects.filter(pk=occurrence.pk).update(calendar_sequence=occurrence.calendar_sequence)


@dataclass(frozen=True)
class Quote:
    """What one participant pays for one occurrence, and why: `price` for `days` days."""

    price: Price
    rule: PriceRule
    days: int = 1
    membership: Membership | None = None
    # The session lies beyond the end of the membership: priced on the one valid today, for the officer to look at.
    flagged: bool = False

    @property
    def amount(self) -> Decimal | None:
        """The amount, in the currency of the price; None as long as a membership is to be proven."""
        return self.price.most if self.price.is_known else None


def quote(
    occurrence: Occurrence,
    organisation: Organisation | None,
    today: datetime.date | None = None,
    *,
    place: OfficialTerritory | None = None,
    is_elected: bool = False,
    is_proven: bool = True,
) -> Quote:
    """Return what an agent of an organisation pays for an occurrence.

    Rule of the centre: free where no price list is set; else the fee of a day: that of elected officials for them,
    where the list has one, else that of members (of the organisation or of a territory that holds it, on the day of
    the session) or of the others. A session beyond the membership's end is priced on the membership valid today, and
    flagged. An organisation that the directory does not know is a member by its `place`. A membership that is not
    proven leaves both amounts.
    """
    if occurrence.price_list is None:
        return Quote(Price.of(0), PriceRule.FREE_SESSION)
    fees = {fee.audience: Price.of(fee.amount, fee.currency) for fee in occurrence.fees}
    if is_elected and FeeAudience.ELECTED_OFFICIAL in fees:
        return Quote(fees[FeeAudience.ELECTED_OFFICIAL], PriceRule.ELECTED_OFFICIAL)
    # A list that forgets an audience is refused when the occurrence is saved; were one to slip through, the
    # dearest fee is asked, never nothing.
    dearest = max(fees.values(), key=lambda price: price.most, default=Price.of(0))
    otherwise = fees.get(FeeAudience.NON_MEMBER, dearest)
    membership, flagged = _membership_on(occurrence.day, organisation, place, today or timezone.localdate())
    if membership is None:
        return Quote(otherwise, PriceRule.NON_MEMBER)
    as_member = fees.get(FeeAudience.MEMBER, dearest)
    if is_proven or as_member == otherwise:
        return Quote(as_member, PriceRule.MEMBER, membership=membership, flagged=flagged)
    both = Price(as_member.most, otherwise.most, otherwise.currency)
    return Quote(both, PriceRule.TO_BE_CONFIRMED, membership=membership, flagged=flagged)


def _membership_on(
    day: datetime.date | None,
    organisation: Organisation | None,
    place: OfficialTerritory | None,
    today: datetime.date,
) -> tuple[Membership | None, bool]:
    """Return the membership that counts, and whether it has ended by the day of the session."""

    def found(on: datetime.date) -> Membership | None:
        if organisation is None and place is not None:
            return membership_of(place, on)
        return membership_for(organisation, on)

    membership = found(day or today)
    if membership is None and day and day > today:
        membership = found(today)
        return membership, membership is not None
    return membership, False
