"""From what a visitor typed to what an engine looks for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from search.analysis import Token, analyse, clean, stem
from search.analysis.analyser import joined_forms
from search.analysis.overrides import SHORT_MONTHS, SPELT_OUT
from search.terms import Lexicon
from search.understanding import FACET_OF, QUOTES, Reading, readings

MAX_CHARACTERS = 255
MAX_WORDS = 12

OTHER_SPELLING = {**SPELT_OUT, **{full: short for short, full in SPELT_OUT.items()}}

_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<chunk>[^\s"]+))')


class Match(Enum):
    """How the words of an alternative must stand: anywhere in the entry, side by side, or side by side as written."""

    ALL = "all"
    PHRASE = "phrase"
    EXACT = "exact"


@dataclass(frozen=True)
class Alternative:
    """One way to satisfy a clause: `forms` and `stems` of the same words."""

    forms: tuple[str, ...]
    stems: tuple[str, ...]
    match: Match = Match.ALL

    @classmethod
    def of(cls, tokens: Sequence[Token], match: Match = Match.ALL) -> "Alternative":
        """Return the alternative that asks for these tokens."""
        return cls(tuple(t.form for t in tokens), tuple(t.stem for t in tokens), match)


@dataclass(frozen=True)
class Clause:
    """What one word (or one known expression) of the query asks for: any of its alternatives."""

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Query:
    """A query read in one language. Without a clause it asks for nothing, and finds nothing.

    `adjacent` holds the words as a phrase, when there are several: entries that say them together come first.
    `accented` keeps how words were typed, which tells «marché» from «marche». `shortened`: the end was left out.
    `readings`: the towns, territories and months that its words name.
    """

    text: str
    language: str
    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Alternative, ...] = ()
    adjacent: Alternative | None = None
    accented: frozenset[str] = frozenset()
    shortened: bool = False
    readings: tuple[Reading, ...] = ()

    @property
    def held_in(self) -> Mapping[str, frozenset[str]]:
        """By facet, the towns and the territories that it names: what one attends is held in one of each."""
        found: dict[str, frozenset[str]] = {}
        for reading in self.readings:
            if facet := FACET_OF.get(reading.named):
                found[facet] = found.get(facet, frozenset()) | reading.codes
        return found


@dataclass(frozen=True)
class _Part:
    tokens: tuple[Token, ...]
    is_phrase: bool
    is_excluded: bool
    joined: tuple[str, ...]


def parse(text: str, language: str, lexicon: Lexicon) -> Query:
    """Return the query that `text` asks in `language`.

    Quotes ask for words side by side as written, `-word` excludes. Stop words are left out, unless nothing else is
    asked. At most 255 characters and 12 words are read. Any text is accepted: what cannot be read asks for nothing.
    """
    kept = clean(text[: 20 * MAX_CHARACTERS])
    shortened = len(kept) > MAX_CHARACTERS
    kept = kept[:MAX_CHARACTERS].strip()
    found = tuple(readings(kept, language, lexicon.places))
    parts = list(_parts(without_leading_words(kept.translate(QUOTES), found), language))
    parts, cut = _first_words(parts)
    wanted = [part for part in parts if not part.is_excluded]
    meaningful = [part for part in wanted if part.is_phrase or any(not token.is_stop for token in part.tokens)]
    clauses = list(_clauses(meaningful, lexicon)) if meaningful else _stop_word_clauses(wanted)
    words = [token for part in meaningful for token in part.tokens if not token.is_stop]
    return Query(
        text=kept,
        language=language,
        clauses=tuple(clauses),
        excluded=tuple(
            Alternative.of(part.tokens, Match.EXACT if part.is_phrase else Match.PHRASE)
            for part in parts
            if part.is_excluded
        ),
        adjacent=Alternative.of(words, Match.PHRASE) if len(words) > 1 else None,
        accented=frozenset(token.accented for token in words),
        shortened=shortened or cut,
        readings=found,
    )


def without_leading_words(text: str, found: Sequence[Reading]) -> str:
    """Return a text without the words that only lead to a name («agglo du»): what lies there never says them."""
    for reading in found:
        start, end = reading.leading
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _parts(text: str, language: str) -> Iterator[_Part]:
    """Yield the quoted phrases and the chunks between blanks that hold at least one word."""
    for match in _PART.finditer(text):
        is_phrase = match["phrase"] is not None
        raw = match["phrase"] if is_phrase else match["chunk"]
        if found := tuple(analyse(raw, language)):
            joined = () if is_phrase else tuple(joined_forms(raw))
            yield _Part(found, is_phrase, bool(match["minus"]), joined)


def _first_words(parts: Sequence[_Part]) -> tuple[list[_Part], bool]:
    """Return the parts that hold the first words, up to the limit, and whether something was left out."""
    kept: list[_Part] = []
    room = MAX_WORDS
    for part in parts:
        if room <= 0:
            return kept, True
        kept.append(_Part(part.tokens[:room], part.is_phrase, part.is_excluded, part.joined))
        room -= len(part.tokens)
    return kept, room < 0


def _stop_word_clauses(parts: Sequence[_Part]) -> list[Clause]:
    """Return clauses for a query made of stop words only: they are looked for as they are."""
    return [Clause((Alternative.of([token], Match.EXACT),)) for part in parts for token in part.tokens]


def _clauses(parts: Sequence[_Part], lexicon: Lexicon) -> Iterator[Clause]:
    """Yield one clause per quoted phrase, known expression, hyphenated word, or word."""
    words: list[Token] = []
    joined_at: dict[int, tuple[int, tuple[str, ...]]] = {}
    for part in parts:
        if part.is_phrase:
            yield from _word_clauses(words, joined_at, lexicon)
            words, joined_at = [], {}
            yield Clause((Alternative.of(part.tokens, Match.EXACT),))
            continue
        start = len(words)
        words += [token for token in part.tokens if not token.is_stop]
        if part.joined:
            joined_at[start] = (len(words), part.joined)
    yield from _word_clauses(words, joined_at, lexicon)


def _word_clauses(
    words: Sequence[Token], joined_at: dict[int, tuple[int, tuple[str, ...]]], lexicon: Lexicon
) -> Iterator[Clause]:
    """Yield the clauses of words that follow each other, the longest known expression first."""
    position = 0
    while position < len(words):
        length, others = lexicon.longest(tuple(token.stem for token in words[position:]))
        end, joined = joined_at.get(position, (position + 1, ()))
        if length >= end - position:
            end, joined = position + length, ()
        end = max(end, position + 1)
        alternatives = [Alternative.of(words[position:end])]
        alternatives += _spelt_otherwise(words[position:end], lexicon.language)
        alternatives += [Alternative((form,), (stem(form, lexicon.language),)) for form in joined]
        if end - position == length:
            alternatives += [Alternative(form.forms, form.stems, Match.PHRASE) for form in others]
        yield Clause(tuple(dict.fromkeys(alternatives)))
        position = end


def _spelt_otherwise(words: Sequence[Token], language: str) -> list[Alternative]:
    """Return what asks for words that are written short, or in full, the other way: «St-Omer», «Saint-Omer», «janv»."""
    spellings = OTHER_SPELLING | SHORT_MONTHS.get(language, {})
    forms = tuple(spellings.get(word.form, word.form) for word in words)
    if forms == tuple(word.form for word in words):
        return []
    return [Alternative(forms, tuple(stem(form, language) for form in forms))]
