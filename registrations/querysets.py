"""Questions asked of registrations."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from events.enums import RegistrationMode
from registrations.enums import ACTIVE, SEATED, RegistrationState

# Those that hold a seat, an offer past its deadline among them until a change of seats ends it. A request holds one
# where its date says so.
HOLDING = Q(state__in=SEATED) | Q(
    state=RegistrationState.PENDING, occurrence__registration_mode=RegistrationMode.BY_APPROVAL_HELD
)


@dataclass(frozen=True)
class WaitingGroup:
    """Those of one booking who wait together for one date: they are seated together or not at all."""

    booking_id: int
    size: int


class RegistrationQuerySet(QuerySet):
    """Registrations, as seats and lists need them."""

    def active(self) -> "RegistrationQuerySet":
        """Return those that are neither cancelled nor rejected."""
        return self.filter(state__in=ACTIVE)

    def seated(self) -> "RegistrationQuerySet":
        """Return those that hold a seat: an offer past its deadline holds none, whether or not a job said so."""
        is_over = Q(state=RegistrationState.OFFERED, offer__expires_at__lte=timezone.now())
        return self.filter(HOLDING).exclude(is_over)

    def waiting(self) -> "RegistrationQuerySet":
        """Return the waiting list, first come first."""
        return self.filter(state=RegistrationState.WAITLISTED).order_by("waiting_since", "pk")

    def with_people(self) -> "RegistrationQuerySet":
        """Read at once what lists and messages show."""
        return self.select_related(
            "participant__booking__organisation",
            "occurrence__page__locale",
            "occurrence__venue",
            "occurrence__price_list",
            "offer",
        ).prefetch_related("occurrence__half_days")

    def waiting_groups(self, occurrence_id: int) -> list[WaitingGroup]:
        """Return the groups that wait for a date, first come first."""
        sizes: dict[int, int] = {}
        for booking_id in (
            self.filter(occurrence_id=occurrence_id).waiting().values_list("participant__booking", flat=True)
        ):
            sizes[booking_id] = sizes.get(booking_id, 0) + 1
        return [WaitingGroup(booking_id, size) for booking_id, size in sizes.items()]

    def positions(self, occurrence_ids: Iterable[int]) -> dict[int, int]:
        """Map each waiting registration of these dates to its rank on the list of its date, from 1."""
        ranks: dict[int, int] = {}
        found: dict[int, int] = {}
        rows = self.filter(occurrence_id__in=set(occurrence_ids)).waiting().values_list("pk", "occurrence_id")
        for pk, occurrence_id in rows:
            ranks[occurrence_id] = found[pk] = ranks.get(occurrence_id, 0) + 1
        return found

    def counts_by_state(self, occurrence_ids: Iterable[int]) -> dict[int, dict[str, int]]:
        """Map each of these dates to the number of its registrations in each state."""
        counts: dict[int, dict[str, int]] = {}
        rows = self.filter(occurrence_id__in=set(occurrence_ids)).order_by().values_list("occurrence_id", "state")
        for occurrence_id, state, number in rows.annotate(number=Count("pk")):
            counts.setdefault(occurrence_id, {})[state] = number
        return counts
