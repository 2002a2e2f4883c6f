"""The numbers of dates: seats, who waits, what is missing, what they bring. The same queries, however many dates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext, ngettext

from events.amounts import Price
from events.enums import CALLED_OFF, FeeAudience, RegistrationMode
from events.models import Occurrence
from registrations.enums import BillingRoute, RegistrationState
from registrations.models import Registration
from registrations.questions import people_lacking
from registrations.services import lacking_in

REQUIRED_FEES = frozenset({FeeAudience.MEMBER, FeeAudience.NON_MEMBER})


@dataclass(frozen=True)
class Amounts:
    """What the places taken on a date cost. `unknown` of them wait for a proof of membership."""

    price: Price = field(default_factory=lambda: Price.of(0))
    unknown: int = 0
    flagged: int = 0


@dataclass(frozen=True)
class DateNumbers:
    """A date on the officer's board."""

    occurrence: Occurrence
    counts: dict[str, int] = field(default_factory=dict)
    amounts: Amounts = field(default_factory=Amounts)
    # People who are registered and still owe an answer.
    unanswered: int = 0
    # Bookings whose invoice lacks what their organisation asks for.
    uninvoiceable: int = 0

    def count(self, state: RegistrationState) -> int:
        """Return how many registrations are in a state."""
        return self.counts.get(state, 0)

    @property
    def confirmed(self) -> int:
        """Places that people have."""
        return self.count(RegistrationState.CONFIRMED)

    @property
    def offered(self) -> int:
        """Places held for people of the waiting list who have not answered yet."""
        return self.count(RegistrationState.OFFERED)

    @property
    def waiting(self) -> int:
        """People on the waiting list."""
        return self.count(RegistrationState.WAITLISTED)

    @property
    def pending(self) -> int:
        """Requests that the officer has not answered."""
        return self.count(RegistrationState.PENDING)

    @property
    def taken(self) -> int:
        """Places taken, those offered included, and requests where the date holds a place for each."""
        is_held = self.occurrence.registration_mode == RegistrationMode.BY_APPROVAL_HELD
        return self.confirmed + self.offered + (self.pending if is_held else 0)

    @property
    def is_over(self) -> bool:
        """True when more people have a place than there are: the capacity was lowered afterwards."""
        return self.occurrence.capacity is not None and self.taken > self.occurrence.capacity

    @property
    def is_off(self) -> bool:
        """True when the date was cancelled or postponed."""
        return self.occurrence.status in CALLED_OFF

    @property
    def decisions(self) -> list[str]:
        """What waits for the officer, in words."""
        found = []
        if self.pending:
            found.append(
                ngettext("%(count)d request to answer", "%(count)d requests to answer", self.pending)
                % {"count": self.pending}
            )
        if self.amounts.unknown:
            found.append(
                ngettext("%(count)d price to confirm", "%(count)d prices to confirm", self.amounts.unknown)
                % {"count": self.amounts.unknown}
            )
        if self.amounts.flagged:
            found.append(
                ngettext("%(count)d membership to check", "%(count)d memberships to check", self.amounts.flagged)
                % {"count": self.amounts.flagged}
            )
        if self.is_over:
            found.append(gettext("more people than places"))
        if self.is_off and self.active:
            found.append(
                ngettext("%(count)d person waits for the new day", "%(count)d people wait for the new day", self.active)
                % {"count": self.active}
            )
        return found

    @property
    def active(self) -> int:
        """Registrations that are still open: places, requests, waiting list."""
        return self.confirmed + self.offered + self.waiting + self.pending

    @property
    def missing(self) -> list[str]:
        """What the date itself, or those who come, still lack, in words. One that was called off lacks nothing."""
        date = self.occurrence
        if self.is_off:
            return []
        lacks = {
            gettext("page not published"): not date.page.live,
            gettext("day"): date.day is None,
            gettext("hours"): not date.has_hours,
            gettext("place or video link"): date.venue_id is None and not date.video_link,
            gettext("number of places"): date.capacity is None,
            gettext("fee"): _lacks_fee(date),
        }
        found = [label for label, is_missing in lacks.items() if is_missing]
        if self.unanswered:
            words = ngettext("answers of %(count)d person", "answers of %(count)d people", self.unanswered)
            found.append(words % {"count": self.unanswered})
        if self.uninvoiceable:
            words = ngettext(
                "what the invoice of %(count)d booking must name",
                "what the invoices of %(count)d bookings must name",
                self.uninvoiceable,
            )
            found.append(words % {"count": self.uninvoiceable})
        return found


def _lacks_fee(date: Occurrence) -> bool:
    """Tell whether the price list has no fee in force that day for one of those who pay; free for all needs none."""
    return date.price_list is not None and not {fee.audience for fee in date.fees} >= REQUIRED_FEES


def numbers_of(occurrences: Iterable[Occurrence]) -> list[DateNumbers]:
    """Return the numbers of dates, in their order."""
    dates = list(occurrences)
    ids = [date.pk for date in dates]
    counts = Registration.objects.counts_by_state(ids)
    amounts = _amounts(ids)
    unanswered = _unanswered([date for date in dates if not date.is_past])
    uninvoiceable = _uninvoiceable(ids)
    return [
        DateNumbers(
            date,
            counts.get(date.pk, {}),
            amounts.get(date.pk, Amounts()),
            unanswered.get(date.pk, 0),
            uninvoiceable.get(date.pk, 0),
        )
        for date in dates
    ]


def _uninvoiceable(occurrence_ids: list[int]) -> dict[int, int]:
    """Return by date how many bookings with a place lack what their organisation asks its invoices to name."""
    rows = Registration.objects.filter(
        occurrence_id__in=occurrence_ids,
        participant__booking__billing_route=BillingRoute.CHORUS,
        participant__booking__organisation__chorus_need__gt="",
    ).seated()
    found: dict[int, set[int]] = {}
    for row in rows.select_related("participant__booking__organisation"):
        if lacking_in(row.participant.booking):
            found.setdefault(row.occurrence_id, set()).add(row.participant.booking_id)
    return {key: len(bookings) for key, bookings in found.items()}


def _unanswered(dates: list[Occurrence]) -> dict[int, int]:
    """Return by date how many of those registered owe an answer: nobody reads it any more once it is past."""
    rows = Registration.objects.active().filter(occurrence__in=[date.pk for date in dates]).order_by()
    return people_lacking(
        [date.page_id for date in dates], rows.values_list("occurrence_id", "occurrence__page_id", "participant_id")
    )


def _amounts(occurrence_ids: list[int]) -> dict[int, Amounts]:
    """Return by date what its places cost: frozen prices less what was waived, both ends while a proof is missing."""
    rows = (
        Registration.objects.filter(occurrence_id__in=occurrence_ids)
        .seated()
        .order_by()
        .values("occurrence_id")
        .annotate(
            known=Sum(F("price_amount") - F("waived_amount")),
            least=Sum("price_if_member", filter=Q(price_amount__isnull=True)),
            most=Sum("price_otherwise", filter=Q(price_amount__isnull=True)),
            unknown=Count("pk", filter=Q(price_amount__isnull=True)),
            flagged=Count("pk", filter=Q(membership_flagged=True)),
        )
    )
    return {
        row["occurrence_id"]: Amounts(
            Price(_sum(row["known"], row["least"]), _sum(row["known"], row["most"])), row["unknown"], row["flagged"]
        )
        for row in rows
    }


def _sum(*amounts: Decimal | None) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
