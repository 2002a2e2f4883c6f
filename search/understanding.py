"""Towns and months that the words of a query name: shown beside it, each with the query that asks without it.

They stay words: what is held there or then says so in its entry (`search.entries`). What one attends elsewhere is not
found although its text mentions the town; what is held in another month comes after (`search.ranking`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from django.core.cache import cache
from django.utils import translation
from django.utils.dates import MONTHS

from search.analysis import Token, analyse, clean, fold
from search.enums import FacetName
from search.models import SearchEntryFacet

QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
# Seconds for which the names of towns are remembered.
REMEMBERED = 60
LONGEST_NAME = 8
YEAR = re.compile(r"(?:19|20)\d\d")
_QUOTED = re.compile(r'(?:(?<!\S)-)?"[^"]*"|(?<!\S)-\S+')

Names = dict[tuple[str, ...], str]


class Named(Enum):
    """What words may name."""

    TOWN = "town"
    MONTH = "month"


@dataclass(frozen=True)
class Reading:
    """Words read as a town or as a month: what they name, its name, and the query without them."""

    named: Named
    label: str
    without: str


def readings(text: str, language: str, known: Names) -> list[Reading]:
    """Return the towns and months that a query names, in their order; what is quoted or excluded names nothing.

    `text` as `Query.text` keeps it; `known`: the towns, as `towns` returns them.
    """
    read = _QUOTED.sub(lambda match: "\0" * len(match.group()), text.translate(QUOTES))
    found = []
    for named, label, first, last in _named(analyse(read, language), known, language):
        without = f"{text[: first.start]} {text[last.end :]}"
        found.append(Reading(named, label, " ".join(without.split())))
    return found


def _named(tokens: Sequence[Token], known: Names, language: str) -> Iterator[tuple[Named, str, Token, Token]]:
    """Yield what is named, its name, its first and its last word: the longest name first."""
    position = 0
    while position < len(tokens):
        named, label, length = _first(tokens[position:], known, language)
        if length:
            # «à Lille», «en mars»: the small word goes with it.
            before = position - (position > 0 and tokens[position - 1].is_stop)
            yield named, label, tokens[before], tokens[position + length - 1]
        position += max(1, length)


def _first(tokens: Sequence[Token], known: Names, language: str) -> tuple[Named, str, int]:
    """Return what the first words name, its name, and how many they are: 0 when they name nothing."""
    forms = tuple(token.form for token in tokens[:LONGEST_NAME])
    for length in range(len(forms), 0, -1):
        if label := known.get(forms[:length]):
            return Named.TOWN, label, length
    month = month_of(tokens[0], language)
    if month is None:
        return Named.MONTH, "", 0
    words = [month_name(month, language), *filter(YEAR.fullmatch, forms[1:2])]
    return Named.MONTH, " ".join(words), len(words)


def towns() -> Names:
    """Return the names of the towns where something public is held, by their folded words: one query a minute."""
    known: Names | None = cache.get("search-towns")
    if known is None:
        names = SearchEntryFacet.objects.filter(name=FacetName.PLACE).values_list("label_fr", flat=True).distinct()
        forms = {name: tuple(token.form for token in analyse(clean(name), "fr")) for name in names}
        known = {words: name for name, words in sorted(forms.items()) if words}
        cache.set("search-towns", known, REMEMBERED)
    return known


def month_of(token: Token, language: str) -> int | None:
    """Return the number of the month that a word names, or None; a word that carries no meaning names none («may»)."""
    return None if token.is_stop else _months(language).get(token.form)


def month_name(number: int, language: str) -> str:
    """Return how a month is called in a language."""
    with translation.override(language):
        return str(MONTHS[number])


@lru_cache
def _months(language: str) -> dict[str, int]:
    return {fold(month_name(number, language)): number for number in MONTHS}
