"""How Elasticsearch reads texts: the same steps as `search.analysis`, in its own terms.

Accents are folded before stemming, measured better than after it. Stop words and elided articles are cut out of the
characters, before words are counted: «politique de la ville» is three words side by side with or without them.
"""

import unicodedata
from typing import Any

from search.analysis.overrides import OVERRIDES
from search.analysis.stopwords import STOP_WORDS
from search.analysis.text import APOSTROPHES, LIGATURES, UNDECOMPOSED, fold

LANGUAGES = ("fr", "en")
# What may stand beside a word that is cut out: neither a letter, nor a digit, nor an apostrophe inside a word.
START, END = r"(?<![\p{L}\p{N}'])", r"(?![\p{L}\p{N}'])"
ELIDED = "[ldcjmnst]|qu|jusqu|lorsqu|puisqu|quoiqu"


def _folded_letters() -> list[str]:
    """Return how letters with marks and ligatures are written without, as Elasticsearch's mappings."""
    letters = {chr(code) for code in LIGATURES | UNDECOMPOSED}
    # Latin-1 Supplement, Latin Extended-A and Additional: what French, English and names of places write.
    for code in (*range(0xC0, 0x180), *range(0x1E00, 0x1F00)):
        if unicodedata.category(chr(code)) in ("Lu", "Ll"):
            letters.add(chr(code))
    folded = {letter: fold(letter) for letter in letters}
    return sorted(f"{letter} => {plain}" for letter, plain in folded.items() if plain.isascii() and plain)


def _cut_out(words: frozenset[str]) -> str:
    return f"(?i){START}(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))}){END}"


CHARACTERS: dict[str, Any] = {
    "letters": {"type": "mapping", "mappings": [*_folded_letters(), *(f"{mark} => '" for mark in APOSTROPHES[1:])]},
    # C.U.C.S. is one word: the dot between two letters that stand alone goes.
    "dotted": {"type": "pattern_replace", "pattern": r"(?<=(?<![\p{L}\p{N}])\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))"},
    "elided": {"type": "pattern_replace", "pattern": f"(?i){START}(?:{ELIDED})'(?=[\\p{{L}}\\p{{N}}])"},
    **{f"stop_{code}": {"type": "pattern_replace", "pattern": _cut_out(STOP_WORDS[code])} for code in LANGUAGES},
    "possessive": {"type": "pattern_replace", "pattern": f"(?i)'s{END}"},
}
for _filter in CHARACTERS.values():
    if _filter["type"] == "pattern_replace":
        _filter["replacement"] = ""

WORDS: dict[str, Any] = {
    # prud'hommes is written with and without its apostrophe.
    "one_word": {"type": "pattern_replace", "pattern": "[^\\p{L}\\p{N}]", "replacement": "", "all": True},
    "not_empty": {"type": "length", "min": 1, "max": 64},
    # As in our own stemmer: «première» is «premier».
    "feminine": {"type": "pattern_replace", "pattern": "^(.{4,})ere(s?)$", "replacement": "$1er$2"},
    "light_french": {"type": "stemmer", "language": "light_french"},
    "porter2": {"type": "stemmer", "language": "english"},
    **{
        f"families_{code}": {
            "type": "stemmer_override",
            "rules": sorted(f"{form} => {family}" for form, family in OVERRIDES[code].items()),
        }
        for code in LANGUAGES
    },
}


def _analyzer(characters: list[str], words: list[str]) -> dict[str, Any]:
    before = ["letters", "dotted", "elided", *characters]
    after = ["lowercase", "asciifolding", "one_word", "not_empty", *words]
    return {"type": "custom", "char_filter": before, "tokenizer": "standard", "filter": after}


def _stemming(language: str, characters: list[str], stemmers: list[str]) -> dict[str, Any]:
    return _analyzer([*characters, f"stop_{language}"], [f"families_{language}", *stemmers])


SETTINGS: dict[str, Any] = {
    "char_filter": CHARACTERS,
    "filter": WORDS,
    "analyzer": {
        "fr": _stemming("fr", [], ["feminine", "light_french"]),
        "en": _stemming("en", ["possessive"], ["porter2"]),
        # Every form as written, stop words too: what stands between quotation marks.
        "folded": _analyzer([], []),
    },
}
