"""Where a query's words stand in a plain text, and the passage to show. Fragments are escaped by the template."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.analysis import Token, analyse
from search.query import Alternative, Match, Query

LENGTH = 260
BEFORE = 70
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Fragment:
    """A piece of text, marked when the query asked for it."""

    text: str
    marked: bool = False


def plain(fragments: Iterable[Fragment]) -> str:
    """Return the text of fragments without their marks."""
    return "".join(fragment.text for fragment in fragments)


@dataclass(frozen=True)
class Span:
    """Characters from `start` to `end` that satisfy the clause number `clause`."""

    start: int
    end: int
    clause: int


class Matcher:
    """Finds what satisfies a query in texts of its language."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.words = {
            (word, clause)
            for clause, wanted in self._wanted()
            for word in (wanted.forms if wanted.match is Match.EXACT else wanted.stems)
        }

    def _wanted(self) -> Iterator[tuple[int, Alternative]]:
        for number, clause in enumerate(self.query.clauses):
            for wanted in clause.alternatives:
                yield number, wanted

    def clauses_in(self, text: str) -> set[int]:
        """Return the numbers of the clauses of which `text` holds a word: quick, each different word read once."""
        found: set[str] = set()
        for token in analyse(" ".join(dict.fromkeys(_WORDS.findall(text))), self.query.language):
            found.update((token.form, token.stem))
        return {clause for word, clause in self.words if word in found}

    def satisfied_by(self, texts: Iterable[str]) -> set[int]:
        """Return the numbers of the clauses that some of `texts` satisfy, as far as they are marked there."""
        return {span.clause for text in texts if self.clauses_in(text) for span in self.spans(text)}

    def spans(self, text: str) -> list[Span]:
        """Return what to mark in `text`, in order, without overlap."""
        tokens = analyse(text, self.query.language)
        found = [span for clause, wanted in self._wanted() for span in occurrences(tokens, wanted, clause)]
        kept: list[Span] = []
        for span in sorted(found, key=lambda span: (span.start, -span.end)):
            if not kept or span.start >= kept[-1].end:
                kept.append(span)
        return kept

    def marked(self, text: str) -> list[Fragment]:
        """Return the whole text in fragments."""
        return fragments(text, 0, len(text), self.spans(text))

    def excerpt(self, text: str) -> list[Fragment]:
        """Return the passage of `text` that satisfies the most clauses, or its beginning."""
        spans = self.spans(text)
        start, end = passage(text, spans)
        found = fragments(text, start, end, spans)
        if start > 0:
            found.insert(0, Fragment("… "))
        return [*found, Fragment(" …")] if end < len(text) else found


def occurrences(tokens: Sequence[Token], wanted: Alternative, clause: int) -> Iterator[Span]:
    """Yield where `wanted` stands among tokens: each of its words, or the words side by side."""
    if wanted.match is Match.ALL:
        for token in tokens:
            if token.stem in wanted.stems and (not token.is_stop or token.form in wanted.forms):
                yield Span(token.start, token.end, clause)
        return
    exact = wanted.match is Match.EXACT
    kept = [token for token in tokens if exact or not token.is_stop]
    words = wanted.forms if exact else wanted.stems
    said = [token.form if exact else token.stem for token in kept]
    for index in range(len(kept) - len(words) + 1):
        if tuple(said[index : index + len(words)]) == words:
            yield Span(kept[index].start, kept[index + len(words) - 1].end, clause)


def passage(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    """Return start and end of the passage to show, on word boundaries."""
    best, most = 0, 0
    for span in spans:
        start = max(0, span.start - BEFORE)
        inside = [other for other in spans if start <= other.start and other.end <= start + LENGTH]
        score = 10 * len({other.clause for other in inside}) + len(inside)
        if score > most:
            best, most = start, score
    start = text.find(" ", best) + 1 if best else 0
    if start + LENGTH >= len(text):
        return start, len(text)
    end = text.rfind(" ", start, start + LENGTH)
    return start, end if end > start else start + LENGTH


def fragments(text: str, start: int, end: int, spans: Iterable[Span]) -> list[Fragment]:
    """Return text[start:end] in fragments, those of `spans` marked."""
    found: list[Fragment] = []
    position = start
    for span in spans:
        if span.start < position or span.end > end:
            continue
        if span.start > position:
            found.append(Fragment(text[position : span.start]))
        found.append(Fragment(text[span.start : span.end], marked=True))
        position = span.end
    if position < end:
        found.append(Fragment(text[position:end]))
    return found
