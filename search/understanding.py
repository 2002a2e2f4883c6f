"""Towns, territories and months that the words of a query name: shown beside it, each with the query without it.

They stay words: what is held there or then says so in its entry (`search.entries`). What one attends elsewhere is not
found although its text mentions the town; what is held in another month comes after (`search.ranking`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils import translation
from django.utils.dates import MONTHS

from search.analysis import Token, analyse, fold
from search.analysis.overrides import SHORT_MONTHS
from search.enums import FacetName
from search.gazetteer import Named, Names, Place, spelt_out

QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
LONGEST_NAME = 8
YEAR = re.compile(r"(?:19|20)\d\d")
# The facet by which what lies there is known.
FACET_OF: Mapping[Named, str] = {Named.TOWN: FacetName.PLACE.value, Named.AREA: FacetName.AREA.value}
_QUOTED = re.compile(r'(?:(?<!\S)-)?"[^"]*"|(?<!\S)-\S+')


@dataclass(frozen=True)
class Reading:
    """Words read as a place or as a month: what they name, its name and codes, and the query without them.

    `leading`: where the words stand that only lead to the name («agglo du»), (0, 0) without any.
    """

    named: Named
    label: str
    without: str
    codes: frozenset[str] = frozenset()
    leading: tuple[int, int] = (0, 0)


def readings(text: str, language: str, known: Names) -> list[Reading]:
    """Return the places and months that a query names, in their order; what is quoted or excluded names nothing.

    `text` as `Query.text` keeps it; `known`: the places, as `known_places` returns them.
    """
    read = _QUOTED.sub(lambda match: "\0" * len(match.group()), text.translate(QUOTES))
    tokens = analyse(read, language)
    found, position = [], 0
    while position < len(tokens):
        reading, length = _place(text, tokens, position, known)
        if not reading:
            reading, length = _month(text, tokens, position, language)
        if reading:
            found.append(reading)
        position += length
    return found


def _place(text: str, tokens: Sequence[Token], position: int, known: Names) -> tuple[Reading | None, int]:
    """Return the place that the words from a position name, and how many they are: the longest name first."""
    forms = tuple(spelt_out(token.form) for token in tokens[position : position + LONGEST_NAME])
    for length in range(len(forms), 0, -1):
        place = known.get(forms[:length])
        if not place:
            continue
        first = _start(tokens, position, place)
        led = any(token.form in place.said_before for token in tokens[first:position])
        last = tokens[position + length - 1]
        if place.named is Named.AREA and not led and _says_something_else(text, tokens[position], last, place):
            continue
        leading = (tokens[first].start, tokens[position].start) if led else (0, 0)
        without = _without(text, tokens[first], last)
        return Reading(place.named, place.label, without, place.codes, leading), length
    return None, 1


def _start(tokens: Sequence[Token], position: int, place: Place) -> int:
    """Return where a name begins with what leads to it: «à Lille», «l'agglo du Beauvaisis»."""
    first = position
    while first > 0 and (tokens[first - 1].is_stop or tokens[first - 1].form in place.said_before):
        first -= 1
    # Of the small words alone, one goes with the name.
    led = any(token.form in place.said_before for token in tokens[first:position])
    return first if led else max(first, position - 1)


def _says_something_else(text: str, first: Token, last: Token, place: Place) -> bool:
    """Return whether a name that nothing leads to says something else: «Europe», «nord», «Loire-Sud»."""
    if place.is_ordinary and text.strip().lower() != text[first.start : last.end].lower():
        return first.start == 0 or not text[first.start].isupper()
    return place.needs_leading or "-" in (text[max(0, first.start - 1) : first.start], text[last.end : last.end + 1])


def _month(text: str, tokens: Sequence[Token], position: int, language: str) -> tuple[Reading | None, int]:
    """Return the month that the word at a position names, and how many words it takes with its year."""
    month = month_of(tokens[position], language)
    if month is None:
        return None, 1
    following = [token.form for token in tokens[position + 1 : position + 2]]
    words = [month_name(month, language), *filter(YEAR.fullmatch, following)]
    # «en mars»: the small word goes with it.
    before = position - (position > 0 and tokens[position - 1].is_stop)
    without = _without(text, tokens[before], tokens[position + len(words) - 1])
    return Reading(Named.MONTH, " ".join(words), without), len(words)


def _without(text: str, first: Token, last: Token) -> str:
    return " ".join(f"{text[: first.start]} {text[last.end :]}".split())


def month_of(token: Token, language: str) -> int | None:
    """Return the number of the month that a word names, or None; a word that carries no meaning names none («may»)."""
    return None if token.is_stop else _months(language).get(token.form)


def month_name(number: int, language: str) -> str:
    """Return how a month is called in a language."""
    with translation.override(language):
        return str(MONTHS[number])


@lru_cache
def _months(language: str) -> dict[str, int]:
    full = {fold(month_name(number, language)): number for number in MONTHS}
    return full | {short: full[name] for short, name in SHORT_MONTHS.get(language, {}).items()}
