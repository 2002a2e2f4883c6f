"""What a search finds, for other programs: RSS, a calendar, JSON. The same questions, the same service as the page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.utils.translation import override

from search.calendars import calendar, dates
from search.criteria import Criteria
from search.enums import DATED
from search.excerpts import plain
from search.following import facts_of, name_of, newest, soonest, told_at
from search.hits import Hit
from search.models import SearchEntry, SearchEntryFacet
from search.results import PAGE_SIZE, SearchResults

ITEMS = 30
DATES = 200
MAX_PER_PAGE = 50
# Two characters that XML has no place for, and that a text may hold.
NOT_IN_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True)
class Place:
    """Where a search is answered: `root` begins absolute addresses, `language` is that of the page."""

    root: str
    language: str

    def address(self, name: str, query: str) -> str:
        """Return the absolute address of a view of the search for a query."""
        with override(self.language):
            path = reverse(f"search:{name}")
        return f"{self.root}{path}?{query}" if query else f"{self.root}{path}"


def rss(criteria: Criteria, place: Place, centre: str) -> str:
    """Return the feed of a search: the latest first, by the day that each says, whatever order the page has."""
    feed = Rss201rev2Feed(
        title=in_xml(" · ".join(part for part in (name_of(criteria), centre) if part)),
        link=place.address("results", criteria.query()),
        description=_("What is new in this search, the newest first."),
        language=criteria.language,
        feed_url=place.address("rss", criteria.query()),
        ttl=60,
    )
    for hit in newest(criteria.request(count_facets=()), ITEMS):
        feed.add_item(
            title=in_xml(plain(hit.title)),
            link=f"{place.root}{hit.url}",
            description=in_xml(described(hit)),
            unique_id=unique_id(hit.entry),
            unique_id_is_permalink=False,
            pubdate=timezone.localtime(told_at(hit.entry)),
            categories=[hit.kind_label],
        )
    return feed.writeString("utf-8")


def described(hit: Hit) -> str:
    """Return what a feed says of a result: when and where, and the passage that answers."""
    return " · ".join(part for part in (facts_of(hit.entry), plain(hit.excerpt)) if part)


def unique_id(entry: SearchEntry) -> str:
    """Return what a reader knows an entry by: the same when its address or its words change."""
    host = settings.WAGTAILADMIN_BASE_URL.split("//")[-1].split("/")[0]
    parts = (entry.source_model, entry.source_key, entry.language, entry.kind, entry.anchor)
    return ":".join((host, *(part for part in parts if part)))


def in_xml(text: str) -> str:
    """Return a text without what would break the feed."""
    return NOT_IN_XML.sub("", text)


def ics(criteria: Criteria) -> bytes:
    """Return the calendar of a search: its dates, and those of the sessions and events that it finds."""
    kinds = [kind for kind in DATED if not criteria.kinds or kind in criteria.kinds]
    request = replace(criteria.request(count_facets=()), kinds=kinds)
    return calendar(criteria, soonest(request, DATES) if kinds else [], name_of(criteria))


def per_page(text: str) -> int:
    """Return how many results a page of data has: what is asked for, from 1 to 50, else as many as the page shows."""
    return max(1, min(int(text), MAX_PER_PAGE)) if text.isdecimal() and len(text) < 4 else PAGE_SIZE


def data(criteria: Criteria, results: SearchResults, place: Place) -> dict[str, Any]:
    """Return the results as data; its fields are told in docs/search.md."""
    page = results.page
    size = page.paginator.per_page
    told = dates(hit.entry for hit in results.hits)
    return {
        "query": results.query.text,
        "language": criteria.language,
        "url": place.address("results", criteria.query()),
        "total": results.total,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "per_page": size,
        "previous": page_address(criteria, place, page, -1) if page.has_previous() else None,
        "next": page_address(criteria, place, page, 1) if page.has_next() else None,
        "engine": results.engine,
        "reduced": results.reduced,
        "relaxed": results.relaxed,
        "suggestion": results.suggestion,
        "results": [result(hit, place.root, told.get(hit.entry.pk, ())) for hit in results.hits],
        "facets": facets(criteria, results, place.language),
    }


def page_address(criteria: Criteria, place: Place, page: Page, step: int) -> str:
    """Return the address of the page of data before or after one."""
    size = page.paginator.per_page
    shown = f"&per_page={size}" if size != PAGE_SIZE else ""
    return place.address("json", f"{criteria.query()}&page={page.number + step}{shown}".lstrip("&"))


def result(hit: Hit, root: str, told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return one result as data, with the dates that it tells of."""
    entry = hit.entry
    return {
        "title": entry.title,
        "url": f"{root}{hit.url}",
        "kind": entry.kind,
        "kind_label": hit.kind_label,
        "language": entry.language,
        "summary": entry.summary,
        "excerpt": plain(hit.excerpt),
        "heading": hit.heading,
        "page_number": hit.page_number,
        "starts": moment(entry.starts),
        "ends": moment(entry.ends),
        "venue": entry.venue,
        "place": entry.place,
        "price": entry.price,
        "places": entry.places,
        "dates": [{**date, "starts": moment(date["starts"]), "ends": moment(date["ends"])} for date in told],
        "updated": moment(entry.updated_on),
        "carrier": {"title": entry.carrier_title, "url": f"{root}{entry.carrier_url}"} if entry.carrier_url else None,
    }


def moment(value: datetime | date | None) -> str | None:
    """Return a moment in the centre's time, or a day, as ISO 8601 writes it."""
    if value is None:
        return None
    return timezone.localtime(value).isoformat() if isinstance(value, datetime) else value.isoformat()


def facets(criteria: Criteria, results: SearchResults, language: str) -> dict[str, list[Mapping[str, Any]]]:
    """Return by name of a filter its values, with how many results each has and whether it was chosen."""
    found: dict[str, list[Mapping[str, Any]]] = {
        "kind": [
            {"code": kind.kind, "label": kind.label, "count": kind.count, "chosen": kind.chosen}
            for kind in results.kinds
        ]
    }
    for name, counts in results.facets.items():
        chosen = {value.code for value in criteria.facets.get(name, ())}
        with override(language):
            found[name] = [
                {
                    "code": value.code,
                    "label": SearchEntryFacet(label_fr=value.label_fr, label_en=value.label_en).label,
                    "count": value.count,
                    "chosen": value.code in chosen,
                }
                for value in counts
            ]
    return found
