"""A commune of which nothing tells: what it lies in, where something does."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from directory.enums import TerritoryLevel
from directory.official_territories import OfficialTerritory, official_spelt
from directory.typed_names import words_of
from search.analysis import Token, analyse
from search.criteria import Criteria
from search.gazetteer import Named, known_places
from search.models import SearchTerm
from search.results import SearchResults
from search.spelling import FEW

# The words of a name, at most, and how many unknown words of a query are looked at.
LONGEST_NAME, MOST_UNKNOWN = 6, 3


@dataclass(frozen=True)
class Wider:
    """A territory around a commune, and the query string that asks for it instead, with the same filters."""

    name: str
    query: str


@dataclass(frozen=True)
class Around:
    """A commune that a query names, and the territories around it that entries know, the nearest first."""

    commune: str
    territories: Sequence[Wider]


def around(results: SearchResults, criteria: Criteria) -> Around | None:
    """Return what lies around the commune that a query names, where hardly anything was found for it; else None.

    A commune counts when a word of its name is said nowhere, and something is known of its département at least: «Lens»
    is a town, «ville» is a word, although there is a commune of that name.
    """
    query = results.query
    if not query.clauses or query.held_in or (results.total > FEW and not results.relaxed):
        return None
    tokens = analyse(query.text, query.language)
    places = known_places()
    areas = {code: place.label for place in places.values() if place.named is Named.AREA for code in place.codes}
    for first, last in _spans(tokens, _unsaid(tokens, query.language)):
        words = words_of(" ".join(token.form for token in tokens[first:last]))
        for commune in official_spelt(words):
            known = [areas[code] for key in commune.lies_in if (code := ":".join(key)) in areas]
            if commune.level == TerritoryLevel.COMMUNE and _is_near(commune, areas):
                asked = (_instead(query.text, tokens[first:last], name) for name in known)
                wider = zip(known, asked, strict=True)
                return Around(commune.name, [Wider(name, criteria.query(q=text)) for name, text in wider])
    return None


def _is_near(commune: OfficialTerritory, areas: Collection[str]) -> bool:
    return any(":".join(key) in areas for key in commune.lies_in if key[0] != TerritoryLevel.REGION)


def _unsaid(tokens: Sequence[Token], language: str) -> list[int]:
    """Return the places of the first words that no entry says."""
    words = {place: token.form for place, token in enumerate(tokens) if not token.is_stop and token.form.isalpha()}
    rows = SearchTerm.objects.filter(language=language, form__in=set(words.values()))
    said = set(rows.values_list("form", flat=True))
    return [place for place, form in words.items() if form not in said][:MOST_UNKNOWN]


def _spans(tokens: Sequence[Token], unsaid: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where names that hold an unsaid word may stand, the longest first."""
    for length in range(min(LONGEST_NAME, len(tokens)), 0, -1):
        for first in range(len(tokens) - length + 1):
            if any(first <= place < first + length for place in unsaid):
                yield first, first + length


def _instead(text: str, tokens: Sequence[Token], name: str) -> str:
    return f"{text[: tokens[0].start]}{name}{text[tokens[-1].end :]}"
