"""Names as visitors type them: «st omer», «arras'», «59000 Lille», or with a slip: «Lile»."""

import difflib
import re
from collections.abc import Iterable
from typing import TypeVar

from portal.words import MOST_WORDS, folded

Row = TypeVar("Row")
WRITTEN_OUT = {"st": "saint", "ste": "sainte"}
POSTCODE = re.compile(r"\d{5}", re.ASCII)
# How near a word must be to be suggested (1: the same), and how many of those words are taken.
NEAR = 0.75
MOST_NEAR = 6
# Shorter words are near too many others.
SHORTEST = 4


def words_of(text: str) -> list[str]:
    """Return the words of a name, folded: hyphens and apostrophes part them, «st» and «ste» are written out."""
    words = re.findall(r"[^\W_]+", folded(text))[:MOST_WORDS]
    return [WRITTEN_OUT.get(word, word) for word in words]


def asked_words(text: str) -> list[str]:
    """Return the words to look for: of a postcode with its town, the town."""
    words = words_of(text)
    return [word for word in words if not POSTCODE.fullmatch(word)] or words


def holds(names: str, asked: Iterable[str]) -> bool:
    """Tell whether each asked word begins a word of the names."""
    words = words_of(names)
    return all(any(word.startswith(wanted) for word in words) for wanted in asked)


def nearest(named: Iterable[tuple[Row, str]], asked: list[str]) -> list[Row]:
    """Return the rows whose name, or a long word of it, looks most like what was asked, the likest first."""
    by_spelling: dict[str, list[Row]] = {}
    for row, names in named:
        words = words_of(names)
        for spelling in {" ".join(words), *(word for word in words if len(word) >= SHORTEST)}:
            by_spelling.setdefault(spelling, []).append(row)
    spellings = [" ".join(asked), *(word for word in asked if len(word) >= SHORTEST)]
    found = [
        row
        for spelling in dict.fromkeys(spellings)
        for near in difflib.get_close_matches(spelling, by_spelling, n=MOST_NEAR, cutoff=NEAR)
        for row in by_spelling[near]
    ]
    return list(dict.fromkeys(found))
