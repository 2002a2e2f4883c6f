"""The names of the towns and territories where something public is held, or that it is about."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from django.core.cache import cache

from search.analysis import analyse, clean
from search.analysis.overrides import SPELT_OUT
from search.enums import FacetName
from search.models import SearchEntryFacet

# Seconds for which the names are remembered.
REMEMBERED = 60
# What people say before the name of a territory, by its level: the first part of its code.
SAID_BEFORE: Mapping[str, Collection[str]] = {
    "region": ("region",),
    "departement": ("departement", "department"),
    "intercommunality": (
        *("agglo", "agglomeration", "communaute", "metropole", "epci", "interco", "intercommunalite"),
        *("ca", "cc", "cu"),
    ),
    "commune": ("commune",),
    "neighbourhood": ("quartier", "qpv", "neighbourhood", "district"),
}
# What people leave out at either end of an intercommunality's name: «le Beauvaisis», «le Douaisis».
LEFT_OUT = {
    *SAID_BEFORE["intercommunality"],
    *("communes", "urbaine", "de", "du", "des", "d", "la", "le", "les", "l"),
}
# They mean something else more often: «quartiers nord», «la somme de». With their level they are understood, alone, or
# with a capital.
ORDINARY_WORDS = frozenset({"nord", "somme", "manche", "lot", "creuse", "landes", "centre"})


class Named(Enum):
    """What words may name."""

    TOWN = "town"
    AREA = "area"
    MONTH = "month"


@dataclass(frozen=True)
class Place:
    """A town or a territory: its name, the codes of its facet, the words that may lead to its name.

    `needs_leading`: without one of those words, its name says nothing («Europe» is a neighbourhood too).
    `is_ordinary`: it is a word of the language too.
    """

    named: Named
    label: str
    codes: frozenset[str]
    said_before: frozenset[str] = frozenset()
    needs_leading: bool = False
    is_ordinary: bool = False


Names = Mapping[tuple[str, ...], Place]


def known_places() -> Names:
    """Return the towns and the territories that entries have, by their folded words: one query a minute."""
    known: Names | None = cache.get("search-places")
    if known is None:
        rows = SearchEntryFacet.objects.filter(name__in=(FacetName.PLACE, FacetName.AREA))
        known = named_places(rows.order_by("name", "code").values_list("name", "code", "label_fr").distinct())
        cache.set("search-places", known, REMEMBERED)
    return known


def named_places(rows: Iterable[tuple[str, str, str]]) -> Names:
    """Return places by their words, of (facet, code, name). A town comes before a territory of its name."""
    rows = list(rows)
    found: dict[tuple[str, ...], Place] = {}
    for facet, code, name in rows:
        if facet == FacetName.PLACE and (words := words_of(name)):
            found[words] = Place(Named.TOWN, name, frozenset({code}))
    areas = [(code, name, words_of(name)) for facet, code, name in rows if facet == FacetName.AREA]
    for code, name, words in areas:
        add(found, words, code, name)
    # What a whole name says comes before what is left of another one: «Cambrai» is a commune.
    for code, name, words in areas:
        short = shortened(words)
        if code.startswith("intercommunality:") and short not in found:
            add(found, short, code, name)
    return found


def add(found: dict[tuple[str, ...], Place], words: tuple[str, ...], code: str, name: str) -> None:
    """Add a territory under some words; of two with the same name, both are meant."""
    known = found.get(words)
    if not words or (known and known.named is Named.TOWN):
        return
    level = code.partition(":")[0]
    found[words] = Place(
        Named.AREA,
        name,
        frozenset({code}) | (known.codes if known else frozenset()),
        frozenset(SAID_BEFORE.get(level, ())) | (known.said_before if known else frozenset()),
        needs_leading=len(words) == 1 and level == "neighbourhood",
        is_ordinary=len(words) == 1 and words[0] in ORDINARY_WORDS,
    )


def shortened(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of an intercommunality's name without those that say what it is, at its ends."""
    kept = [at for at, word in enumerate(words) if word not in LEFT_OUT]
    return words[kept[0] : kept[-1] + 1] if kept else ()


def words_of(name: str) -> tuple[str, ...]:
    """Return the folded words of a name."""
    return tuple(spelt_out(token.form) for token in analyse(clean(name), "fr"))


def spelt_out(form: str) -> str:
    """Return a word as names have it: «saint» for «st»."""
    return SPELT_OUT.get(form, form)
