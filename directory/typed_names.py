"""Names as visitors type them: «st omer», «arras'», «59000 Lille», «mairie de Soissons», or with a slip: «Lile»."""

import difflib
import re
from collections.abc import Iterable
from typing import TypeVar

from portal.words import MOST_WORDS, folded
from search.analysis.overrides import SPELT_OUT

Row = TypeVar("Row")
# «lez» and «lès» (near) are written «les» as often.
WRITTEN_OUT = {**SPELT_OUT, "lez": "les"}
SHORT_FOR_ON = re.compile(r"\bs/")
# Words for an authority rather than for its place: «mairie de Soissons», «CCAS de Lille», «Amiens agglo».
INTERCOMMUNAL = {
    *("agglo", "agglomeration", "communaute", "communautes", "intercommunalite", "interco", "metropole", "epci"),
    *("ca", "cc", "cu"),
}
AUTHORITIES = INTERCOMMUNAL | {
    *("mairie", "ville", "commune", "communes", "municipalite", "hotel", "ccas", "cias", "urbaine"),
    *("conseil", "municipal", "departement", "departemental", "region", "regional"),
}
OF = {"de", "d", "du", "des"}
ARTICLES = {"le", "la", "les", "l"}
# Words of many names: being near one of them makes no name likely.
SAYS_LITTLE = AUTHORITIES | {"saint", "sainte", "grand", "grande", "pays", "sous", "association", "centre", "maison"}
POSTCODE = re.compile(r"\d{5}", re.ASCII)
# How near a word must be to be suggested (1: the same), and how many of those words are taken.
NEAR = 0.75
MOST_NEAR = 6
# Shorter words are near too many others.
SHORTEST = 4
# Of so many letters, words typed apart may be one word of a name: «Grand Soissons», «GrandSoissons».
SHORTEST_JOINED = 6


def words_of(text: str) -> list[str]:
    """Return the words of a name, folded: hyphens and apostrophes part them, «st» and «ste» are written out."""
    words = re.findall(r"[^\W_]+", SHORT_FOR_ON.sub("sur ", folded(text)))[:MOST_WORDS]
    return [WRITTEN_OUT.get(word, word) for word in words]


def initials(name: str) -> str:
    """Return the first letters of the words of a name, without «de», «les»…: «mel», «cud»."""
    return "".join(word[0] for word in words_of(name) if word not in OF | ARTICLES)


def asked_words(text: str) -> list[str]:
    """Return the words to look for: of a postcode with its town, the town."""
    words = words_of(text)
    return [word for word in words if not POSTCODE.fullmatch(word)] or words


def attempts(asked: list[str]) -> list[list[str]]:
    """Return what to look for in turn: all the words, then the place alone, then the place without its article."""
    start = next((at for at in range(len(asked)) if not _leads(asked, at)), len(asked))
    place = [word for word in asked[start:] if word not in AUTHORITIES]
    bare = place[1:] if place and place[0] in ARTICLES else place
    tried = [asked, place, bare]
    return [words for at, words in enumerate(tried) if not says_nothing(words) and words not in tried[:at]]


def says_nothing(words: Iterable[str]) -> bool:
    """Tell whether words name nobody: none, or only «de», «les»…"""
    return set(words) <= ARTICLES | OF


def _leads(words: list[str], at: int) -> bool:
    """Tell whether a word only leads to the name of a place: «mairie», «de», the article of «la mairie»."""
    led = AUTHORITIES | OF
    return words[at] in led or (words[at] in ARTICLES and at + 1 < len(words) and words[at + 1] in led)


def holds(names: str, asked: list[str]) -> bool:
    """Tell whether each asked word begins a word of the names, or all of them, joined, begin the names."""
    words = words_of(names)
    joined = "".join(asked)
    begins = len(joined) >= SHORTEST_JOINED and "".join(words).startswith(joined)
    return begins or all(any(word.startswith(wanted) for word in words) for wanted in asked)


def holds_whole(names: str, asked: list[str]) -> bool:
    """Tell whether the words asked of a place are words of the names, none cut short: joined ones count too."""
    words = words_of(names)
    telling = [word for word in asked if word not in AUTHORITIES] or asked
    return set(telling) <= set(words) or "".join(telling) in words


def nearest(named: Iterable[tuple[Row, str]], asked: list[str]) -> list[Row]:
    """Return the rows whose name, or a long word of it, looks most like what was asked, the likest first."""
    by_spelling: dict[str, list[Row]] = {}
    for row, names in named:
        for spelling in _spellings(words_of(names)):
            by_spelling.setdefault(spelling, []).append(row)
    found = [
        row
        for spelling in _spellings(asked)
        for near in difflib.get_close_matches(spelling, by_spelling, n=MOST_NEAR, cutoff=NEAR)
        for row in by_spelling[near]
    ]
    return list(dict.fromkeys(found))


def _spellings(words: list[str]) -> list[str]:
    """Return by what a name may be recognised: the place as a whole, then each long word that says something."""
    place = next(reversed(attempts(words)), [])
    telling = [word for word in place if len(word) >= SHORTEST and word not in SAYS_LITTLE]
    return list(dict.fromkeys([" ".join(place), *telling])) if telling else []
