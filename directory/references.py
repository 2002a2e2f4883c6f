"""What refers to a row of the directory. Reads search entries only: a constant number of queries, whatever they are.

An entry exists for what is public only, so that nothing here can show a draft or a restricted page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.fields.json import KT
from django.db.models.functions import RowNumber
from django.utils import timezone

from search.enums import FacetName, Kind
from search.kinds import kind_label
from search.models import SearchEntry, SearchEntryFacet

# What is shown, in the order of the page. Dates and files stand on the pages that carry them.
SHOWN = (
    *(Kind.CASE_STUDY, Kind.CLOSE_UP, Kind.QUOTATION, Kind.DOSSIER, Kind.CYCLE, Kind.SESSION, Kind.EVENT, Kind.REPORT),
    *(Kind.RESOURCE, Kind.NEWS, Kind.STANDARD),
)
PASSAGES = (Kind.CLOSE_UP, Kind.QUOTATION)
# By what a page can be narrowed, once, in the order of the page; beyond the first choices of each, the page folds them.
NARROWING = (
    *(FacetName.THEME, FacetName.ORGANISATION, FacetName.TERRITORY),
    *(FacetName.NETWORK, FacetName.COUNTRY, FacetName.PROGRAMME),
)
NARROWING_CHOICES = 60
# A few references are read at a glance.
ENOUGH_TO_NARROW = 6
# How many of each kind the whole page shows, and a page of one kind.
FIRST = 5
PAGE_SIZE = 20
# The reader's language first; dates to come before the others; then what was brought up to date last.
ORDER = (
    F("foreign_language"),
    F("next_date").asc(nulls_last=True),
    F("updated_on").desc(nulls_last=True),
    F("title"),
    F("pk"),
)


@dataclass(frozen=True)
class Subject:
    """What a page is about: a facet and its codes (a query of them, or a list)."""

    facet: FacetName
    codes: QuerySet | Sequence[str]


@dataclass(frozen=True)
class Choice:
    """A facet by which a page may be narrowed."""

    facet: SearchEntryFacet
    total: int


@dataclass
class Group:
    """What refers to a row, of one kind. `items` are the first ones, or a page of the list."""

    kind: str
    label: str
    total: int
    items: list[SearchEntry] = field(default_factory=list)
    page: ListPage | None = None

    @property
    def has_more(self) -> bool:
        """Whether some are not shown."""
        return self.total > len(self.items)


@dataclass(frozen=True)
class Gathered:
    """What a page of the directory shows. `total` counts every kind, the narrowing set aside."""

    groups: list[Group]
    total: int
    choices: Mapping[str, list[Choice]]
    kind: str = ""
    narrowed: SearchEntryFacet | None = None


def readable(language: str) -> QuerySet[SearchEntry]:
    """Return the entries shown to a reader: those in their language, and those that it lacks.

    `foreign_language` is empty for the former, the language of the entry for the latter.
    """
    translation = SearchEntry.objects.filter(
        language=language, kind=OuterRef("kind"), anchor=OuterRef("anchor"), work_key=OuterRef("work_key")
    ).exclude(work_key="")
    foreign = Case(When(language=language, then=Value("")), default=F("language"))
    entries = SearchEntry.objects.filter(kind__in=SHOWN).annotate(foreign_language=foreign)
    return entries.filter(Q(language=language) | ~Exists(translation))


def about(subject: Subject, language: str) -> QuerySet[SearchEntry]:
    """Return the entries that refer to a subject, for a reader of a language."""
    facets = SearchEntryFacet.objects.filter(name=subject.facet, code__in=subject.codes)
    return readable(language).filter(pk__in=facets.values("entry"))


def gather(
    subject: Subject, language: str, kind: str = "", narrowing: Mapping[str, str] | None = None, page: Any = 1
) -> Gathered:
    """Return what refers to a subject: the first of each kind, or a page of one kind.

    A kind that has nothing and a narrowing that is no choice are ignored. `narrowing` maps a facet name to a code.
    """
    entries = about(subject, language)
    counts = counts_by_kind(entries)
    total = sum(counts.values())
    kind = kind if kind in counts else ""
    choices = narrowing_choices(entries.filter(kind=kind) if kind else entries, subject.facet)
    narrowed = _narrowed(choices, narrowing or {})
    if narrowed:
        inside = SearchEntryFacet.objects.filter(name=narrowed.name, code=narrowed.code)
        entries = entries.filter(pk__in=inside.values("entry"))
        counts = counts_by_kind(entries)
    groups = [Group(name, kind_label(name), counts[name]) for name in SHOWN if name in counts]
    by_kind = {group.kind: group for group in groups}
    if kind:
        fill_page(by_kind[kind], subject, entries, page)
    else:
        fill_first(by_kind, subject, entries)
    kept = {name.value: choices[name][:NARROWING_CHOICES] for name in NARROWING if name in choices}
    return Gathered(groups, total, kept if total > ENOUGH_TO_NARROW else {}, kind, narrowed)


def fill_page(group: Group, subject: Subject, entries: QuerySet[SearchEntry], number: Any) -> None:
    """Give a group a page of its list: the nearest one to `number`."""
    group.page = Paginator(range(group.total), PAGE_SIZE).get_page(number)
    start, end = group.page.start_index() - 1, group.page.end_index()
    group.items = list(_detailed(entries.filter(kind=group.kind), subject).order_by(*ORDER)[start:end])


def fill_first(groups: Mapping[str, Group], subject: Subject, entries: QuerySet[SearchEntry]) -> None:
    """Give each group its first items: one query for all."""
    rank = Window(RowNumber(), partition_by="kind", order_by=ORDER)
    for entry in _detailed(entries, subject).annotate(rank=rank).filter(rank__lte=FIRST).order_by("rank"):
        groups[entry.kind].items.append(entry)


def counts_by_kind(entries: QuerySet[SearchEntry]) -> dict[str, int]:
    """Return how many entries there are of each kind."""
    return dict(entries.order_by().values_list("kind").annotate(total=Count("pk")))


def narrowing_choices(entries: QuerySet[SearchEntry], own: str) -> dict[str, list[Choice]]:
    """Return by facet name the values that some of the entries have, those of most entries first."""
    facets = SearchEntryFacet.objects.filter(entry__in=entries.order_by().values("pk"), name__in=NARROWING)
    rows = facets.exclude(name=own).values("name", "code")
    rows = rows.annotate(total=Count("pk"), french=Max("label_fr"), english=Max("label_en"))
    choices: dict[str, list[Choice]] = {}
    for row in rows.order_by("-total", "french"):
        facet = SearchEntryFacet(name=row["name"], code=row["code"], label_fr=row["french"], label_en=row["english"])
        choices.setdefault(row["name"], []).append(Choice(facet, row["total"]))
    return choices


def _narrowed(choices: Mapping[str, list[Choice]], asked: Mapping[str, str]) -> SearchEntryFacet | None:
    for name, code in asked.items():
        for choice in choices.get(name, []):
            if choice.facet.code.lower() == code.lower():
                return choice.facet
    return None


def _detailed(entries: QuerySet[SearchEntry], subject: Subject) -> QuerySet[SearchEntry]:
    """Add what the lists show: the next date, the words of a passage, the rows that it names; leave out long texts.

    The next date of a session or an event is one that concerns the subject: in a territory, the next one held there.
    """
    dates = SearchEntry.objects.filter(
        kind=Kind.OCCURRENCE, language=OuterRef("language"), starts__gte=timezone.now(), url__startswith=OuterRef("url")
    )
    facets = SearchEntryFacet.objects.filter(name=subject.facet, code__in=subject.codes)
    concerned = dates.filter(pk__in=facets.values("entry"))
    next_date = Case(
        When(kind=Kind.CYCLE, then=Subquery(dates.order_by("starts").values("starts")[:1])),
        When(kind__in=(Kind.SESSION, Kind.EVENT), then=Subquery(concerned.order_by("starts").values("starts")[:1])),
        default=Value(None),
        output_field=DateTimeField(),
    )
    words = Case(When(kind__in=PASSAGES, then=KT("sections__0__text")), default=Value(""), output_field=CharField())
    detailed = entries.annotate(next_date=next_date, words=words).defer("sections", "pages", "keywords")
    return detailed.prefetch_related("facets")


def counts_of(facet: str, language: str) -> dict[str, int]:
    """Return how many entries refer to each code of a facet, for a reader of a language."""
    entries = readable(language).order_by().values("pk")
    facets = SearchEntryFacet.objects.filter(name=facet, entry__in=entries)
    return dict(facets.values_list("code").annotate(total=Count("pk")))


def entries_by_code(facet: str, language: str) -> dict[str, set[int]]:
    """Return which entries refer to each code of a facet: what lies within another is counted once."""
    entries = readable(language).order_by().values("pk")
    found: dict[str, set[int]] = {}
    for code, entry in SearchEntryFacet.objects.filter(name=facet, entry__in=entries).values_list("code", "entry"):
        found.setdefault(code, set()).add(entry)
    return found


def named_codes(facet: str) -> list[str]:
    """Return the codes of a facet that something public names, in any language."""
    facets = SearchEntryFacet.objects.filter(name=facet, entry__kind__in=SHOWN)
    return list(facets.order_by("code").values_list("code", flat=True).distinct())


def is_named(facet: str, code: str) -> bool:
    """Return whether something public names a row, in any language."""
    return SearchEntryFacet.objects.filter(name=facet, code=code, entry__kind__in=SHOWN).exists()


def named_beside(facet: str, codes: Sequence[str], other: str) -> dict[str, list[SearchEntryFacet]]:
    """Return, for each code of a facet, the values of another facet that close-ups name with it, each once.

    Only close-ups: they tie one town to one network, where a page may name them all.
    """
    return _beside(SearchEntryFacet.objects.filter(entry__kind=Kind.CLOSE_UP), facet, codes, other)


def named_in_studies(facet: str, code: str, other: str) -> list[SearchEntryFacet]:
    """Return the values of another facet that case studies name with a code of a facet, each once.

    Only case studies that name no other code of the facet: those that name several do not say who goes with which.
    """
    another = SearchEntryFacet.objects.filter(entry=OuterRef("entry"), name=facet).exclude(code=code)
    studies = SearchEntryFacet.objects.filter(~Exists(another), entry__kind=Kind.CASE_STUDY)
    return _beside(studies, facet, [code], other).get(code, [])


def _beside(
    facets: QuerySet[SearchEntryFacet], facet: str, codes: Sequence[str], other: str
) -> dict[str, list[SearchEntryFacet]]:
    beside = facets.filter(name=other, entry__facets__name=facet, entry__facets__code__in=codes)
    rows = beside.values_list("entry__facets__code", "code").annotate(french=Max("label_fr"), english=Max("label_en"))
    found: dict[str, list[SearchEntryFacet]] = {}
    for key, code, french, english in rows.order_by("french"):
        value = SearchEntryFacet(name=other, code=code, label_fr=french, label_en=english)
        found.setdefault(key, []).append(value)
    return found
