"""What goes with a page: pages that share what it is about, then its words. The same answer each time, and why.

`related` is for visitors: three queries, whatever there is. `proposals` is for editors: it also asks the search for the
words of the title, where few pages share a theme or a place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, Sum, Value, When
from django.utils import timezone
from wagtail.models import Page

from search.analysis import analyse
from search.engines import EngineRequest, Filters, get_engine
from search.enums import FacetName, Kind
from search.kinds import kind_label
from search.models import SearchEntry, SearchEntryFacet
from search.providers.pages import PAGE_MODEL, PageProvider
from search.query import parse
from search.terms import Lexicon

PROPOSED = (Kind.DOSSIER, Kind.CASE_STUDY, Kind.RESOURCE, Kind.CYCLE, Kind.SESSION)
# What sharing a value is worth. An audience alone says little, a theme is enough.
WEIGHTS: Mapping[str, float] = {
    FacetName.THEME: 3.0,
    FacetName.PROGRAMME: 3.0,
    FacetName.NETWORK: 3.0,
    FacetName.TERRITORY: 2.0,
    FacetName.ORGANISATION: 1.5,
    FacetName.PERSON: 1.5,
    FacetName.COUNTRY: 1.0,
    FacetName.GOAL: 1.0,
    FacetName.AUDIENCE: 1.0,
}
ENOUGH = 3.0
# A word of the title said in the other title, or in its summary, and how many of them count.
IN_TITLE, IN_SUMMARY, MOST_WORDS = 1.0, 0.5, 3
SHORTEST_WORD = 4
# How many pages are compared, shown to visitors (and of one kind), proposed to editors.
COMPARED, SHOWN, OF_A_KIND, OFFERED = 40, 4, 2, 12
HEAVY = ("sections", "pages", "facts")


@dataclass(frozen=True)
class Subject:
    """What a page is about: its values, the stems of its title with the words as written, and who it is."""

    language: str
    work_key: str
    title: str
    facets: frozenset[tuple[str, str]] = frozenset()

    @property
    def words(self) -> dict[str, str]:
        """The words of its title by their stems."""
        tokens = analyse(self.title, self.language)
        return {t.stem: t.accented for t in tokens if not t.is_stop and len(t.form) >= SHORTEST_WORD}


@dataclass(frozen=True)
class Related:
    """A page that goes with another: its entry, what they share, and how much that is worth."""

    entry: SearchEntry
    shared: Sequence[SearchEntryFacet] = ()
    words: Sequence[str] = ()
    score: float = 0.0

    @property
    def page_id(self) -> int:
        """The page of the entry."""
        return int(self.entry.source_key)

    @property
    def kind_label(self) -> str:
        """What it is."""
        return kind_label(self.entry.kind, singular=True)

    @property
    def strongest(self) -> SearchEntryFacet | None:
        """The value that says best what they share."""
        return self.shared[0] if self.shared else None


@dataclass
class _Candidate:
    entry: SearchEntry
    shared: list[SearchEntryFacet] = field(default_factory=list)


def related(page: Page, without: Iterable[str] = ()) -> list[Related]:
    """Return what goes with a public page in its language, a few of each kind; `without`: works shown already."""
    own = SearchEntryFacet.objects.filter(
        entry__source_model=PAGE_MODEL, entry__source_key=str(page.pk), entry__anchor="", name__in=WEIGHTS
    ).values_list("name", "code")
    subject = Subject(page.locale.language_code, str(page.translation_key), page.title, frozenset(own))
    counts: dict[str, int] = {}
    shown: list[Related] = []
    for row in by_facets(subject, without):
        counts[row.entry.kind] = counts.get(row.entry.kind, 0) + 1
        if counts[row.entry.kind] <= OF_A_KIND and len(shown) < SHOWN:
            shown.append(row)
    return shown


def proposals(page: Page, without: Iterable[str] = ()) -> list[Related]:
    """Return what an editor may choose beside a page, published or not: what shares values, then words alone."""
    subject = subject_of(page)
    left_out = set(without)
    found = by_facets(subject, left_out)[:OFFERED]
    known = {row.entry.pk for row in found}
    return found + [row for row in by_words(subject, left_out) if row.entry.pk not in known][: OFFERED - len(found)]


def subject_of(page: Page) -> Subject:
    """Return what a page says of itself, as it stands in the form."""
    language = page.locale.language_code
    data = PageProvider().described(page, getattr(page, "search_kind", ""), language, "")
    values = {(name, value.code) for name, found in data.facets.items() if name in WEIGHTS for value in found}
    return Subject(language, str(page.translation_key), page.title, frozenset(values))


def by_facets(subject: Subject, without: Iterable[str] = ()) -> list[Related]:
    """Return what shares enough with a subject, the closest first: two queries."""
    if not subject.facets:
        return []
    codes: dict[str, list[str]] = {}
    for name, code in sorted(subject.facets):
        codes.setdefault(name, []).append(code)
    same = reduce(or_, (Q(name=name, code__in=found) for name, found in codes.items()))
    weights = [When(name=name, then=Value(WEIGHTS[name])) for name in codes]
    scores = dict(
        SearchEntryFacet.objects.filter(same)
        .filter(_may_be_proposed(subject, without))
        .values("entry")
        .annotate(score=Sum(Case(*weights, default=Value(0.0), output_field=FloatField())))
        .order_by("-score", F("entry__updated_on").desc(nulls_last=True), "-entry")
        .values_list("entry", "score")[:COMPARED]
    )
    if not scores:
        return []
    candidates: dict[int, _Candidate] = {}
    rows = SearchEntryFacet.objects.filter(same, entry__in=list(scores)).select_related("entry")
    for row in rows.defer(*(f"entry__{name}" for name in HEAVY)):
        candidates.setdefault(row.entry_id, _Candidate(row.entry)).shared.append(row)
    found = [_compared(subject, candidate, scores[pk]) for pk, candidate in candidates.items()]
    return sorted((row for row in found if row.score >= ENOUGH), key=_order)


def by_words(subject: Subject, without: Iterable[str] = ()) -> list[Related]:
    """Return what the search finds for the words of a title, in its order."""
    query = parse(" ".join(subject.words.values()), subject.language, Lexicon(subject.language))
    if not query.clauses:
        return []
    filters = Filters(subject.language, frozenset(PROPOSED))
    asked = EngineRequest(query, filters, timezone.now(), any_word=True, limit=COMPARED)
    ranks = {found.entry_id: rank for rank, found in enumerate(get_engine().search(asked).candidates)}
    left_out = {subject.work_key, *without}
    entries = SearchEntry.objects.filter(pk__in=ranks, anchor="").exclude(work_key__in=left_out).defer(*HEAVY)
    found = [_compared(subject, _Candidate(entry), 0.0) for entry in entries]
    return sorted((row for row in found if row.words), key=lambda row: (-row.score, ranks[row.entry.pk]))


def entries_of(works: Iterable[str], languages: Sequence[str]) -> list[SearchEntry]:
    """Return the public pages of some works in these languages: one query."""
    entries = SearchEntry.objects.filter(source_model=PAGE_MODEL, work_key__in=list(works), language__in=languages)
    return list(entries.filter(anchor="").defer(*HEAVY))


def _may_be_proposed(subject: Subject, without: Iterable[str]) -> Q:
    """Return what entries must be: of a kind that is proposed, in the language, another work, a session to come."""
    dates = SearchEntry.objects.filter(
        kind=Kind.OCCURRENCE,
        language=OuterRef("entry__language"),
        starts__gte=timezone.now(),
        url__startswith=OuterRef("entry__url"),
    )
    entry = Q(entry__language=subject.language, entry__kind__in=PROPOSED, entry__anchor="")
    others = ~Q(entry__work_key__in=[subject.work_key, *without])
    return entry & others & (~Q(entry__kind=Kind.SESSION) | Q(Exists(dates)))


def _compared(subject: Subject, candidate: _Candidate, score: float) -> Related:
    """Return a candidate with the words that it shares, which count a little."""
    entry, language, words = candidate.entry, subject.language, subject.words
    title = {token.stem for token in analyse(entry.title, language)}
    lead = {token.stem for token in analyse(entry.summary, language)}
    said = [(IN_TITLE if stem in title else IN_SUMMARY, word) for stem, word in words.items() if stem in title | lead]
    said = sorted(said, key=lambda row: -row[0])[:MOST_WORDS]
    shared = sorted(candidate.shared, key=lambda row: (-WEIGHTS[row.name], row.name, row.label_fr))
    return Related(entry, shared, [word for _worth, word in said], score + sum(worth for worth, _word in said))


def _order(row: Related) -> tuple[float, float, str]:
    updated = row.entry.updated_on.toordinal() if row.entry.updated_on else 0
    return -row.score, -updated, row.entry.work_key
