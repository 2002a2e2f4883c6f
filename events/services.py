"""Changing an occurrence, and what it costs."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from directory.models import Membership, Organisation
from directory.services import membership_for
from events.enums import FeeAudience, PriceRule
from events.models import Occurrence
from events.seats import lock_counters
from events.signals import occurrence_changed
from events.validation import source_of

# What calendars of participants show: a change of one of these raises the sequence number.
CALENDAR_FIELDS = ("day", "doors", "venue_id", "video_link", "status")


def save_occurrence(
    occurrence: Occurrence, user: AbstractBaseUser | None = None, save: Callable[[], object] | None = None
) -> Occurrence:
    """Save an occurrence and tell who depends on it, its seat counter held meanwhile.

    `save` writes the row with its half-days and co-organisers (a form's `save`); by default the occurrence's own.
    The page becomes the one in the source language. Raises RuntimeError inside another transaction: whoever books at
    the same time must see all of it or nothing.
    """
    with transaction.atomic(durable=True):
        created = occurrence.pk is None
        before = None if created else _calendar_of(Occurrence.objects.get(pk=occurrence.pk))
        if not created:
            lock_counters([occurrence.pk])
        occurrence.page = source_of(occurrence.page)
        (save or occurrence.save)()
        if created:
            lock_counters([occurrence.pk])
        _raise_sequence(occurrence, before)
        occurrence_changed.send(Occurrence, occurrence=occurrence, user=user, created=created)
    return occurrence


def _calendar_of(occurrence: Occurrence) -> tuple[object, ...]:
    """Return what calendars show of the stored occurrence."""
    hours = tuple(occurrence.half_days.values_list("starts", "ends"))
    return (*(getattr(occurrence, field) for field in CALENDAR_FIELDS), hours)


def _raise_sequence(occurrence: Occurrence, before: tuple[object, ...] | None) -> None:
    """Count a change that calendars must take over (iCalendar SEQUENCE, RFC 5545 section 3.8.7.4)."""
    stored = Occurrence.objects.get(pk=occurrence.pk)
    if before is not None and _calendar_of(stored) != before:
        occurrence.calendar_sequence = stored.calendar_sequence + 1
        Occurrence.objects.filter(pk=occurrence.pk).update(calendar_sequence=occurrence.calendar_sequence)


@dataclass(frozen=True)
class Quote:
    """What one participant pays for one occurrence, and why. `amount` in `currency` for `days` days."""

    amount: Decimal
    currency: str
    rule: PriceRule
    days: int
    membership: Membership | None = None
    # The session lies beyond the end of the membership: priced on the one valid today, for the officer to look at.
    flagged: bool = False


def quote(occurrence: Occurrence, organisation: Organisation | None, today: datetime.date | None = None) -> Quote:
    """Return what an agent of an organisation pays for an occurrence.

    Rule of the centre: free where no price list is set; else the fee of a day, for members (of the organisation or of
    a territory that holds it, on the day of the session) or for the others. A session beyond the membership's end is
    priced on the membership valid today, and flagged. An organisation that the directory does not know is no member.
    """
    if occurrence.price_list is None:
        return Quote(Decimal(0), "EUR", PriceRule.FREE_SESSION, days=1)
    today = today or timezone.localdate()
    membership = membership_for(organisation, occurrence.day or today)
    flagged = False
    if membership is None and occurrence.day and occurrence.day > today:
        membership = membership_for(organisation, today)
        flagged = membership is not None
    audience = FeeAudience.MEMBER if membership else FeeAudience.NON_MEMBER
    # A list that forgets an audience is refused when the occurrence is saved; were one to slip through, the
    # dearest fee is asked, never nothing.
    fees = [fee for fee in occurrence.fees if fee.audience == audience] or occurrence.fees
    fee = max(fees, key=lambda fee: fee.amount, default=None)
    return Quote(
        amount=fee.amount if fee else Decimal(0),
        currency=fee.currency if fee else "EUR",
        rule=PriceRule.MEMBER if membership else PriceRule.NON_MEMBER,
        days=1,
        membership=membership,
        flagged=flagged,
    )
