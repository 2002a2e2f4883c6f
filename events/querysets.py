"""Occurrences as pages, feeds and registrations ask for them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

if TYPE_CHECKING:
    from events.models import Occurrence


def public_pages() -> QuerySet:
    """Return the pages that a visitor may read: published, and in no restricted part of the tree."""
    pages = Page.objects.live()
    restricted = PageViewRestriction.objects.select_related("page")
    for restriction in restricted:
        pages = pages.not_descendant_of(restriction.page, inclusive=True)
    return pages


class OccurrenceQuerySet(QuerySet):
    """Dates of sessions and events. They belong to the French page, and every language of it reads the same rows."""

    def published(self) -> "OccurrenceQuerySet":
        """Return those of a page that visitors may read."""
        return self.filter(page__in=public_pages().values("pk"))

    def for_page(self, page: Page) -> "OccurrenceQuerySet":
        """Return those of a page, in whichever of its languages it is given."""
        return self.filter(page__translation_key=page.translation_key)

    def upcoming(self) -> "OccurrenceQuerySet":
        """Return what is today or later, first come first; dates still unknown stand last."""
        today = timezone.localdate()
        return self.filter(Q(day__gte=today) | Q(day__isnull=True)).in_order()

    def past(self) -> "OccurrenceQuerySet":
        """Return what was before today, the latest first."""
        return self.filter(day__lt=timezone.localdate()).order_by("-day", "-pk")

    def in_order(self) -> "OccurrenceQuerySet":
        """Order by day and first hour; dates still unknown stand last."""
        return self.order_by(F("day").asc(nulls_last=True), "doors", "pk")

    def by_page(self, pages: Iterable[Page]) -> "dict[UUID, list[Occurrence]]":
        """Return the dates of several pages at once, by translation key, each page's in order."""
        found: dict[UUID, list[Occurrence]] = defaultdict(list)
        keys = [page.translation_key for page in pages]
        for occurrence in self.filter(page__translation_key__in=keys).with_details().in_order():
            found[occurrence.page.translation_key].append(occurrence)
        return found

    def with_details(self) -> "OccurrenceQuerySet":
        """Read in a constant number of queries what a row of a timetable shows."""
        return self.select_related(
            "venue", "venue__territory", "price_list", "seat_counter", "page__locale"
        ).prefetch_related("half_days", "co_organisers__organisation__country", "price_list__fees")
