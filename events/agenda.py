"""Lists of dates, found by the search: the next ones, all by month, a month as a calendar, those that are over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Max, Min, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from events.enums import CALLED_OFF
from events.localized import with_pages
from events.models.occurrences import Occurrence
from events.months import by_month, midnight, named_month, next_month, previous_month, weeks_of
from search.enums import FacetName, Kind
from search.filters import Link
from search.listings import Found, Listing, ListingCriteria, find, number, sources
from search.models import SearchEntry

PAGE_SIZE = 20
OVERVIEW, LIST, CALENDAR, PAST = "", "list", "calendar", "past"
ATTENDED = (FacetName.THEME, FacetName.AUDIENCE, FacetName.PLACE, FacetName.PRICE, FacetName.PLACES)
HELD = (FacetName.THEME, FacetName.AUDIENCE, FacetName.PLACE, FacetName.YEAR)


@dataclass(frozen=True)
class View:
    """One way to look at a list: its name in the address, in words, and what it asks of the search."""

    name: str
    label: str | Promise
    listing: Listing


@dataclass(frozen=True)
class Offer:
    """Whose dates are listed: the kind and the type of their pages; whether those without a day are told of.

    `more` are the views of other things beside them; `first`: how many dates open the page of all.
    """

    kind: Kind
    page_type: type[Page]
    first: int = 6
    shows_undated: bool = False
    more: "Sequence[View]" = ()

    def views(self, month: date | None = None) -> list[View]:
        """Return the ways to look at the dates; that of a calendar holds a month, where one is given."""
        today = midnight(timezone.localdate())
        common = {FacetName.OF.value: [self.kind.value]}
        ahead = Listing((Kind.OCCURRENCE,), ATTENDED, common, has_days=True, since=today)
        within = Listing(
            (Kind.OCCURRENCE,),
            ATTENDED,
            common,
            since=midnight(month) if month else today,
            until=midnight(next_month(month)) if month else None,
        )
        over = Listing((Kind.OCCURRENCE,), HELD, common, has_days=True, until=today)
        return [
            View(OVERVIEW, pgettext_lazy("a way to look at a list", "Overview"), ahead),
            View(LIST, pgettext_lazy("a way to look at a list", "Month by month"), ahead),
            View(CALENDAR, pgettext_lazy("a way to look at a list", "Calendar"), within),
            *self.more,
            View(PAST, pgettext_lazy("a way to look at a list", "Past dates"), over),
        ]


@dataclass(frozen=True)
class Looked:
    """Which view was asked for, and by what: what is chosen without naming a view is a list."""

    view: View
    views: Sequence[View]
    criteria: ListingCriteria

    @classmethod
    def read(cls, views: Sequence[View], data: QueryDict, language: str, **kept: str) -> "Looked":
        """Return what the parameters of an address ask for."""
        by_name = {view.name: view for view in views}
        asked = by_name.get(data.get("view", ""), by_name[OVERVIEW])
        criteria = ListingCriteria.of(asked.listing, data, language, view=asked.name, **kept)
        if asked.name == OVERVIEW and criteria.is_chosen:
            asked = by_name[LIST]
        return cls(asked, views, criteria)

    @property
    def links(self) -> list[Link]:
        """The views, each with what was chosen; the overview with nothing."""
        return [
            Link(
                str(view.label),
                view == self.view,
                self.criteria.elsewhere(view=view.name) if view.name != OVERVIEW else "",
            )
            for view in self.views
        ]

    def others(self, data: QueryDict) -> list[Link]:
        """Return the other views that hold something for what was chosen."""
        found = []
        for view in self.views:
            if view.listing != self.view.listing and view.name != CALENDAR:
                criteria = ListingCriteria.of(view.listing, data, self.criteria.language, view=view.name)
                if count := number(view.listing, criteria):
                    found.append(Link(str(view.label), False, criteria.query(), count))
        return found

    def context(self, found: Found, data: QueryDict) -> dict[str, Any]:
        """Return what the page of any view shows around its list."""
        query = self.criteria.query()
        return {
            "view": self.view.name,
            "views": self.links,
            "criteria": self.criteria,
            "results": found.results,
            "filters": found.panel,
            "query": f"{query}&" if query else "",
            "hides_days": not self.view.listing.has_days,
            # Nobody follows what is over.
            "followed": "" if self.view.name == PAST else self.criteria.followed(self.view.listing),
            "follows_dates": Kind.OCCURRENCE in self.view.listing.kinds,
            "other_views": self.others(data) if found.is_empty and self.criteria.is_chosen else [],
        }


@dataclass(frozen=True)
class Dates:
    """The dates of a page: those found, and in a list of everything those that no search finds (see `beside`)."""

    keys: ListPage
    more: Sequence[int]

    @property
    def where(self) -> Q:
        """The condition that they satisfy."""
        return Q(pk__in=[*self.keys, *self.more])

    def picked(self, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
        """Return those of the page among occurrences, in the order of the page."""
        known = {occurrence.pk: occurrence for occurrence in occurrences}
        found = [known[key] for key in [*self.keys, *self.more] if key in known]
        return sorted(found, key=lambda each: (each.day is None, each.day)) if self.more else found


def dates_of(offer: Offer, looked: Looked, found: Found, page: Any, size: int = PAGE_SIZE) -> Dates:
    """Return a page of the dates found, the nearest first."""
    rows = sorted(sources(found.keys), key=lambda row: row[1], reverse=looked.view.name == PAST)
    keys = Paginator([int(source) for source, _starts in rows], size).get_page(page)
    if looked.criteria.is_chosen or looked.view.name == PAST:
        return Dates(keys, ())
    first = rows[keys.start_index() - 1][1] if keys.has_previous() else looked.view.listing.since
    last = rows[keys.end_index() - 1][1] if keys.has_next() else looked.view.listing.until
    more = Occurrence.objects.filter(
        beside(offer, first, last), page__in=Page.objects.type(offer.page_type).values("pk")
    )
    return Dates(keys, list(more.values_list("pk", flat=True)))


def beside(offer: Offer, first: datetime, last: datetime | None) -> Q:
    """Return which dates that no search finds stand between two moments: those called off and, at the end, undated."""
    days = Q(day__gte=timezone.localtime(first).date())
    if last:
        days &= Q(day__lt=timezone.localtime(last).date())
    elif offer.shows_undated:
        return Q(status__in=CALLED_OFF) & days | Q(day__isnull=True)
    return Q(status__in=CALLED_OFF) & days


def load(where: Q) -> list[Occurrence]:
    """Return the published dates that satisfy a condition, in order, with what a row of a timetable shows."""
    return list(Occurrence.objects.published().filter(where).with_details().in_order())


def listed_dates(offer: Offer, looked: Looked, data: QueryDict) -> dict[str, Any]:
    """Return what a list of dates by month shows."""
    found = find(looked.view.listing, looked.criteria)
    dates = dates_of(offer, looked, found, looked.criteria.page)
    shown = with_pages(dates.picked(load(dates.where)), looked.criteria.language)
    return {**looked.context(found, data), "months": by_month(shown), "items": dates.keys}


def shown_calendar(offer: Offer, data: QueryDict, language: str) -> dict[str, Any]:
    """Return what the calendar of a month shows: the one asked for, else that of the next date."""
    month = named_month(data.get("month", "")) or month_of_next(offer, data, language)
    name = f"{month:%Y-%m}"
    looked = Looked.read(offer.views(month), data, language, month=name)
    found = find(looked.view.listing, looked.criteria)
    dates = dates_of(offer, looked, found, 1, size=max(1, len(found.keys)))
    shown = with_pages(dates.picked(load(dates.where)), language)
    return {
        **looked.context(found, data),
        "month": month,
        "month_name": name,
        "weeks": weeks_of(month, shown),
        "months": by_month(shown),
        **neighbours(offer, month, looked.criteria),
    }


def month_of_next(offer: Offer, data: QueryDict, language: str) -> date:
    """Return the month of the next date that was asked for, else this one."""
    ahead = offer.views()[0].listing
    found = find(ahead, ListingCriteria.of(ahead, data, language), counts=False)
    starts = [row[1] for row in sources(found.keys)]
    day = timezone.localtime(min(starts)).date() if starts else timezone.localdate()
    return day.replace(day=1)


def neighbours(offer: Offer, month: date, criteria: ListingCriteria) -> Mapping[str, Any]:
    """Return the months before and after, with their query strings, while there are dates further on."""
    entries = SearchEntry.objects.filter(
        kind=Kind.OCCURRENCE, facets__name=FacetName.OF, facets__code=offer.kind, starts__isnull=False
    )
    bounds = entries.aggregate(first=Min("starts"), last=Max("starts"))
    first = min(filter(None, (bounds["first"], timezone.now())))
    last = max(filter(None, (bounds["last"], timezone.now())))
    before, after = previous_month(month), next_month(month)
    links = {}
    if before >= timezone.localtime(first).date().replace(day=1):
        links["previous_month"] = (before, criteria.elsewhere(view=CALENDAR, month=f"{before:%Y-%m}"))
    if after <= timezone.localtime(last).date():
        links["next_month"] = (after, criteria.elsewhere(view=CALENDAR, month=f"{after:%Y-%m}"))
    return links
