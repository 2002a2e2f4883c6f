"""What an address asks of the search, and the address that asks for it: one reading for the page, feeds and data.

The names of the parameters are the same in every language. What is not known is left out, and counted where it filters.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Max, Q
from django.http import QueryDict
from django.utils import timezone

from search.analysis import clean
from search.enums import FacetName, Sort
from search.kinds import kind_labels
from search.models import SearchEntryFacet
from search.query import MAX_CHARACTERS
from search.results import SearchRequest

# By what the page of results can be filtered, in its order.
FILTERS = (
    *(FacetName.THEME, FacetName.AUDIENCE, FacetName.TERRITORY, FacetName.PLACE, FacetName.PRICE, FacetName.PLACES),
    *(FacetName.YEAR, FacetName.RESOURCE_TYPE, FacetName.PROGRAMME, FacetName.NETWORK, FacetName.COUNTRY),
    FacetName.ORGANISATION,
)
# What an address may ask besides: «the dates of sessions» is no choice of the page, but of those who follow a listing.
KNOWN = (*FILTERS, FacetName.OF)
# What an address may say, in the order in which ours do.
PARAMETERS = ("q", "kind", *KNOWN, "from", "to", "language", "sort")
# How many values of one filter are read: an address may name any number.
MOST_VALUES = 20
MAX_CODE = 100
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
EUROPEAN = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})")
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Day:
    """A day as it was typed, and what was read of it: None when it cannot be read."""

    text: str = ""
    day: date | None = None

    @classmethod
    def read(cls, text: str) -> "Day":
        """Return the day that `text` writes: 2027-03-15 or 15/03/2027."""
        kept = clean(text[:MAX_CODE])[:40]
        found = ISO.fullmatch(kept) or EUROPEAN.fullmatch(kept)
        try:
            day = date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
        except ValueError:
            day = None
        return cls(kept, day if day and day.year in YEARS else None)

    @property
    def is_unreadable(self) -> bool:
        """Whether something was typed that is no day."""
        return bool(self.text) and self.day is None


@dataclass(frozen=True)
class Criteria:
    """What is asked: words, kinds, values of facets, the days between which it begins, the order and the page.

    `language` is that of what is found, `page_language` that of the page which shows it.
    """

    text: str
    language: str
    page_language: str = ""
    kinds: Sequence[str] = ()
    facets: Mapping[str, Sequence[SearchEntryFacet]] = field(default_factory=dict)
    first: Day = Day()
    last: Day = Day()
    sort: Sort = Sort.RELEVANCE
    page: str | None = None
    # How many kinds and values of filters were asked for that nothing has: the page says that they are left out.
    unknown: int = 0

    @classmethod
    def read(cls, data: QueryDict, language: str) -> "Criteria":
        """Return what the parameters of an address ask for; one database query when values are chosen."""
        known = kind_labels()
        asked = data.get("language", "")
        kinds = [kind for kind in dict.fromkeys(data.getlist("kind")) if kind]
        values = {name.value: [code for code in dict.fromkeys(data.getlist(name)) if code] for name in KNOWN}
        facets = known_values(values)
        return cls(
            text=data.get("q", ""),
            language=asked if asked in dict(settings.LANGUAGES) else language,
            page_language=language,
            kinds=[kind for kind in kinds if kind in known],
            facets=facets,
            first=Day.read(data.get("from", "")),
            last=Day.read(data.get("to", "")),
            sort=Sort.DATE if data.get("sort") == Sort.DATE else Sort.RELEVANCE,
            page=data.get("page"),
            unknown=sum(kind not in known for kind in kinds)
            + sum(len(found) - len(facets.get(name, ())) for name, found in values.items()),
        )

    @property
    def words(self) -> str:
        """The words asked for, as far as they are read."""
        return clean(self.text[: 20 * MAX_CHARACTERS])[:MAX_CHARACTERS].strip()

    @property
    def foreign_language(self) -> str:
        """The language of what is found where the page is in another one, else ""."""
        return self.language if self.page_language and self.language != self.page_language else ""

    @property
    def is_filtered(self) -> bool:
        """Whether something was chosen besides the words."""
        return bool(self.kinds or self.facets or self.first.day or self.last.day)

    @property
    def ends_before_it_begins(self) -> bool:
        """Whether no day lies between the two that were chosen."""
        return bool(self.first.day and self.last.day and self.last.day < self.first.day)

    @property
    def has_bad_dates(self) -> bool:
        """Whether what was typed for its days needs to be mended."""
        return self.first.is_unreadable or self.last.is_unreadable or self.ends_before_it_begins

    def request(self, count_facets: Sequence[str] = FILTERS, page_size: int | None = None) -> SearchRequest:
        """Return what is asked of the search. Filters without a word ask for everything that passes them."""
        size = {"page_size": page_size} if page_size else {}
        return SearchRequest(
            self.text,
            self.language,
            kinds=self.kinds,
            facets={name: [value.code for value in values] for name, values in self.facets.items()},
            starts_from=midnight(self.first.day),
            starts_before=midnight(self.last.day + timedelta(days=1) if self.last.day else None),
            everything=self.is_filtered and not clean(self.text[:MAX_CHARACTERS]),
            sort=self.sort,
            page=self.page,
            count_facets=count_facets,
            **size,
        )

    def query(self, **changes: str | Sequence[str]) -> str:
        """Return the query string that asks for the same from the first page, but for `changes` by parameter."""
        asked: dict[str, str | Sequence[str]] = {"q": self.words, "kind": self.kinds}
        asked |= {name: [value.code for value in values] for name, values in self.facets.items()}
        asked |= {"from": self.first.text, "to": self.last.text, "sort": "date" if self.sort is Sort.DATE else ""}
        asked["language"] = self.foreign_language
        asked |= changes
        kept = [(name, asked[name]) for name in PARAMETERS if asked.get(name)]
        return urlencode(kept, doseq=True)

    def without_filters(self) -> str:
        """Return the query string that asks for the same words without any filter."""
        return self.query(**dict.fromkeys(("kind", *KNOWN, "from", "to"), ""))


def midnight(day: date | None) -> datetime | None:
    """Return the first moment of a day, in the centre's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def known_values(asked: Mapping[str, Iterable[str]]) -> dict[str, list[SearchEntryFacet]]:
    """Return by facet the values asked for that some entry has, with their labels, in the order asked."""
    codes = {
        name: [code for code in dict.fromkeys(found) if code and len(code) <= MAX_CODE and "\x00" not in code]
        for name, found in asked.items()
    }
    wanted = [Q(name=name, code__in=found[:MOST_VALUES]) for name, found in codes.items() if found]
    if not wanted:
        return {}
    rows = SearchEntryFacet.objects.filter(reduce(or_, wanted)).values("name", "code")
    known = {
        (row["name"], row["code"]): SearchEntryFacet(
            name=row["name"], code=row["code"], label_fr=row["french"], label_en=row["english"]
        )
        for row in rows.annotate(french=Max("label_fr"), english=Max("label_en"))
    }
    found = {name: [known[name, code] for code in found if (name, code) in known] for name, found in codes.items()}
    return {name: values for name, values in found.items() if values}
