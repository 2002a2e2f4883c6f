"""From text to tokens: where each word stands, its folded form, its stem."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from search.analysis import light_french
from search.analysis.overrides import OVERRIDES
from search.analysis.stopwords import STOP_WORDS
from search.analysis.text import APOSTROPHES, fold, lower

LONGEST_WORD = 64
CACHE_SIZE = 100_000

_APOSTROPHE = f"[{re.escape(APOSTROPHES)}]"
# In this order: an acronym with dots (C.U.C.S.), an elided article or pronoun, a word, whose inner apostrophe
# belongs to it (prud'hommes). The elided part is a token of its own, so no letter ever glues to the next word.
_WORD = re.compile(
    rf"(?P<dotted>\b(?:[^\W\d_]\.){{2,}}[^\W\d_]?(?![^\W_]))"
    rf"|\b(?P<elided>(?:[ldcjmnst]|qu|jusqu|lorsqu|puisqu|quoiqu){_APOSTROPHE}(?=[^\W_]))"
    rf"|(?P<word>[^\W_]+(?:{_APOSTROPHE}[^\W_]+)*)",
    re.IGNORECASE,
)
_ENGLISH_POSSESSIVE = re.compile(rf"{_APOSTROPHE}s$", re.IGNORECASE)
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_english = snowballstemmer.stemmer("english")


class Token(NamedTuple):
    """One word of a text: its place, its form folded, its stem, its form with accents, whether it is a stop word."""

    start: int
    end: int
    form: str
    stem: str
    accented: str
    is_stop: bool


@lru_cache(maxsize=CACHE_SIZE)
def stem(form: str, language: str) -> str:
    """Return the stem of one folded form in `language` ("fr", "en"; another language keeps its forms)."""
    if override := OVERRIDES.get(language, {}).get(form):
        return override
    if language == "fr":
        return light_french.stem(form)
    if language == "en" and form.isalpha():
        return str(_english.stemWord(form))
    return form


@lru_cache(maxsize=CACHE_SIZE)
def _word(raw: str, language: str) -> tuple[str, str, str, bool]:
    """Return (form, stem, accented form, is a stop word) of one word as it is written."""
    raw = _ENGLISH_POSSESSIVE.sub("", raw) if language == "en" else raw
    accented = _NOT_ALPHANUMERIC.sub("", lower(raw))[:LONGEST_WORD]
    form = _NOT_ALPHANUMERIC.sub("", fold(raw))[:LONGEST_WORD]
    return form, stem(form, language), accented, form in STOP_WORDS.get(language, ())


def tokens(text: str, language: str) -> Iterator[Token]:
    """Yield the tokens of `text` (already cleaned) read in `language`, elided articles left out."""
    for match in _WORD.finditer(text):
        if match.lastgroup == "elided":
            continue
        start, end = match.span()
        form, stemmed, accented, is_stop = _word(match.group(), language)
        if form:
            yield Token(start, end, form, stemmed, accented, is_stop)


def analyse(text: str, language: str) -> list[Token]:
    """Return the tokens of `text` (already cleaned) read in `language`."""
    return list(tokens(text, language))


def words(text: str, language: str) -> list[tuple[str, str, str, bool]]:
    """Return (form, stem, accented form, is a stop word) of each token: what `analyse` tells but the places, sooner."""
    found = (_word(dotted or word, language) for dotted, _elided, word in _WORD.findall(text))
    return [word for word in found if word[0]]


def joined_forms(text: str) -> list[str]:
    """Return what hyphenated words would be in one piece, so that «coconstruction» finds «co-construction»."""
    return [fold(match.group().replace("-", "")) for match in re.finditer(r"\b[^\W\d_]+(?:-[^\W\d_]+)+\b", text)]


def guess_language(text: str, default: str) -> str:
    """Return the language whose stop words are the most frequent in `text`, or `default` when nothing tells."""
    counts: Counter[str] = Counter()
    for word in re.findall(r"[^\W\d_]+", text[:20_000].lower()):
        for language, stop_words in STOP_WORDS.items():
            counts[language] += word in stop_words
    if not counts or min(counts.values()) == max(counts.values()):
        return default
    return counts.most_common(1)[0][0]
