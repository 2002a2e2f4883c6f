"""Cycles as their list tells them: for whom, when, at what price."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from wagtail.models import Page

from directory.models import Audience, PageAudience
from events.agenda import load
from events.enums import CALLED_OFF, FeeAudience
from events.models import Occurrence
from portal.listings import ListedPage

NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class PriceRange:
    """What a day costs an audience over the dates of a cycle: the least and the most, in `currency`."""

    audience_label: str
    lowest: Decimal
    highest: Decimal
    currency: str


@dataclass(frozen=True)
class ListedCycle:
    """A cycle in the list, with its dates. `is_untranslated` as in `ListedPage`."""

    page: Page
    lang: str
    is_untranslated: bool
    audiences: list[Audience] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)

    @property
    def ahead(self) -> list[Occurrence]:
        """Its dates to come, those called off left out."""
        return [date for date in self.occurrences if not date.is_past and date.status not in CALLED_OFF]

    @property
    def next_date(self) -> Occurrence | None:
        """The next date with a day."""
        return next((date for date in self.ahead if date.day), None)

    @property
    def is_over(self) -> bool:
        """True once it was held and nothing is ahead."""
        return not self.ahead and any(date.is_held for date in self.occurrences)

    @property
    def prices(self) -> list[PriceRange]:
        """What a day ahead costs, for members and for the others; empty when all is free or nothing is ahead."""
        priced = [date for date in self.ahead if date.price_list]
        if not priced:
            return []
        fees = [fee for date in priced for fee in date.fees]
        free = [Decimal(0)] * (len(priced) < len(self.ahead))
        currency = next((fee.currency for fee in fees), "EUR")
        ranges = []
        for audience in FeeAudience:
            amounts = [fee.amount for fee in fees if fee.audience == audience]
            if amounts:
                amounts += free
                ranges.append(PriceRange(str(audience.label), min(amounts), max(amounts), currency))
        return ranges


def described(items: list[ListedPage], also: Q = NOTHING) -> tuple[list[ListedCycle], list[Occurrence]]:
    """Return listed cycles with their audiences and dates, in the same few queries whatever their number.

    Beside them come all the dates that were read: those of the cycles, and those that `also` asks for.
    """
    pages = [item.page for item in items]
    audiences = defaultdict(list)
    for row in PageAudience.objects.filter(page__in=pages).select_related("audience").order_by("sort_order"):
        audiences[row.page_id].append(row.audience)
    dates, read = _dates_by_cycle(pages, also)
    cycles = [
        ListedCycle(
            item.page, item.lang, item.is_untranslated, audiences[item.page.pk], dates[item.page.translation_key]
        )
        for item in items
    ]
    return cycles, read


def _dates_by_cycle(cycles: list[Page], also: Q) -> tuple[dict[UUID, list[Occurrence]], list[Occurrence]]:
    """Map the key of each cycle to the dates of its published sessions, in order; and return all that were read."""
    keys = {page.translation_key for page in cycles}
    parents = dict(Page.objects.filter(translation_key__in=keys).values_list("path", "translation_key"))
    below = also
    for path in parents:
        below |= Q(page__path__startswith=path)
    found: dict[UUID, list[Occurrence]] = defaultdict(list)
    read = load(below)
    for occurrence in read:
        if key := parents.get(occurrence.page.path[: -Page.steplen]):
            found[key].append(occurrence)
    return found, read
