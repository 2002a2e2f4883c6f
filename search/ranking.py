"""The order of results, the same on every engine.

An engine says which entries match and how well their text does; this module orders the best of them by what their
title and summary say. All weights are here, to be reviewed together.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from search.analysis import Token, analyse, stem
from search.analysis.analyser import joined_forms
from search.engines import Candidate
from search.enums import Kind
from search.excerpts import occurrences
from search.models import SearchEntry
from search.query import Clause, Match, Query
from search.understanding import month_of

# Where a word is: a title that says it as typed, a title with another form of it, a summary.
TITLE_FORM, TITLE_STEM, LEAD = 3.0, 2.4, 1.0
# The words side by side, in the title or the summary; the title being the query, or beginning by it; the share of the
# title that it fills.
TITLE_PHRASE, LEAD_PHRASE, WHOLE_TITLE, TITLE_START, SHARE = 1.2, 0.6, 1.5, 0.6, 0.8
# A word typed with its accents, said with the same accents («marché», not «marche»).
ACCENTS = 0.6
# The heading of a chapter that says the words, and all of them side by side.
HEADING, HEADING_PHRASE = 1.2, 0.8
# Several words that it says as they were typed, the small ones between them too; those of them, small or not, that
# the title has.
VERBATIM, TITLE_WORDS = 1.5, 0.3
# What the engine found in the text, from 0 to 1.
ENGINE = 1.5
KINDS: Mapping[str, float] = {
    Kind.DOSSIER: 0.6,
    Kind.CYCLE: 0.3,
    Kind.SESSION: 0.1,
    Kind.EVENT: 0.1,
    Kind.RESOURCE: 0.1,
    Kind.CASE_STUDY: 0.1,
    Kind.CLOSE_UP: 0.1,
    Kind.NEWS: -0.1,
    Kind.OCCURRENCE: -0.3,
    Kind.DOCUMENT: -0.3,
    # What stands before the list already, as a card or a door, comes after whatever else answers.
    Kind.TERM: -4.0,
    Kind.DIRECTORY: -4.0,
}
# What one can still attend comes before what is over.
ATTENDED = (Kind.OCCURRENCE, Kind.SESSION, Kind.EVENT)
UPCOMING, PAST = 0.3, -1.5
# Asked with the town where one can attend it.
HELD_THERE = 0.5
# Asked with the month in which one can.
HELD_THEN = 0.5


WORD = re.compile(r"[^\W_]+")
# Columns that the order depends on.
READ = ("title", "summary", "keywords", "place", "kind", "starts", "ends", "sections")


@dataclass(frozen=True)
class Words:
    """The tokens of a title or a summary."""

    tokens: Sequence[Token]
    # What hyphenated words would be in one piece.
    joined: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, language: str) -> "Words":
        """Return the words of `text`."""
        return cls(analyse(text, language), {form: stem(form, language) for form in joined_forms(text)})

    def satisfy(self, clause: Clause) -> float:
        """Return 0 when they do not satisfy `clause`, 1 when they do as it was typed, less with other forms."""
        best = 0.0
        forms = {*(token.form for token in self.tokens), *self.joined}
        stems = {*(token.stem for token in self.tokens if not token.is_stop), *self.joined.values()}
        for wanted in clause.alternatives:
            if wanted.match is not Match.ALL:
                found = 0.9 if any(True for _ in occurrences(self.tokens, wanted, 0)) else 0.0
            elif stems.issuperset(wanted.stems):
                found = 1.0 if forms.issuperset(wanted.forms) else TITLE_STEM / TITLE_FORM
            else:
                found = 0.0
            best = max(best, found)
        return best


def ranked(candidates: Sequence[Candidate], query: Query, now: datetime | None = None) -> list[int]:
    """Return the entries' primary keys, best first, in one database query.

    More clauses satisfied always win; then dates that are over stand last.
    """
    now = now or timezone.now()
    rows = SearchEntry.objects.filter(pk__in=[candidate.entry_id for candidate in candidates])
    entries = {entry.pk: entry for entry in rows.only(*READ)}
    highest = max((candidate.score for candidate in candidates), default=0.0)
    scores = {
        candidate.entry_id: (
            candidate.clauses,
            not is_over(entries[candidate.entry_id], now),
            score(entries[candidate.entry_id], candidate, query, now, highest),
        )
        for candidate in candidates
        if candidate.entry_id in entries
    }
    return sorted(scores, key=lambda pk: (*scores[pk], -pk), reverse=True)


def score(entry: SearchEntry, candidate: Candidate, query: Query, now: datetime, highest: float) -> float:
    """Return how well an entry answers; only comparisons within one query have a meaning."""
    title = Words.of(entry.title, query.language)
    lead = Words.of(" | ".join((entry.summary, entry.place, *entry.keywords)), query.language)
    number = len(query.clauses)
    result = TITLE_FORM * sum(map(title.satisfy, query.clauses)) / number
    result += LEAD * sum(map(lead.satisfy, query.clauses)) / number
    result += phrase_score(title, lead, query) + heading_score(entry, query) + typed_score(entry, title, query)
    if query.accented:
        said = {token.accented for token in (*title.tokens, *lead.tokens)}
        result += ACCENTS * len(query.accented & said) / len(query.accented)
    if highest > 0:
        result += ENGINE * candidate.score / highest
    if entry.kind in ATTENDED and entry.place:
        place = Words.of(entry.place, query.language)
        result += HELD_THERE * any(map(place.satisfy, query.clauses))
    if entry.kind in ATTENDED and entry.starts:
        months = {timezone.localtime(moment).month for moment in (entry.starts, entry.ends) if moment}
        result += HELD_THEN * bool(months & months_of(query))
    return result + KINDS.get(entry.kind, 0.0) + time_score(entry, now)


@lru_cache(maxsize=64)
def months_of(query: Query) -> frozenset[int]:
    """Return the months that the words of a query name."""
    named = (month_of(token, query.language) for token in analyse(query.text, query.language))
    return frozenset(month for month in named if month)


def phrase_score(title: Words, lead: Words, query: Query) -> float:
    """Return the weight of the query's words standing together, and of how much of the title they fill."""
    said = [token.stem for token in title.tokens if not token.is_stop]
    asked = {stem for clause in query.clauses for wanted in clause.alternatives for stem in wanted.stems}
    result = SHARE * sum(stem in asked for stem in said) / len(said) if said else 0.0
    if query.adjacent:
        result += TITLE_PHRASE if any(True for _ in occurrences(title.tokens, query.adjacent, 0)) else 0.0
        result += LEAD_PHRASE if any(True for _ in occurrences(lead.tokens, query.adjacent, 0)) else 0.0
    wholes = [query.adjacent] if query.adjacent else []
    wholes += query.clauses[0].alternatives if len(query.clauses) == 1 else ()
    result += TITLE_START * any(list(wanted.stems) == said[: len(wanted.stems)] for wanted in wholes)
    return result + WHOLE_TITLE * any(list(wanted.stems) == said for wanted in wholes)


def heading_score(entry: SearchEntry, query: Query) -> float:
    """Return the weight of the heading that says the most of the query."""
    best = 0.0
    for heading in (section["heading"] for section in entry.sections if section["heading"]):
        words = Words.of(heading, query.language)
        found = HEADING * sum(map(words.satisfy, query.clauses)) / len(query.clauses)
        if query.adjacent and any(True for _ in occurrences(words.tokens, query.adjacent, 0)):
            found += HEADING_PHRASE
        best = max(best, found)
    return best


def typed_score(entry: SearchEntry, title: Words, query: Query) -> float:
    """Return the weight of the query's letters: its words with those that carry no meaning alone («porte à porte»)."""
    forms = {token.form for token in analyse(query.text, query.language)}
    result = TITLE_WORDS * len(forms & {token.form for token in title.tokens}) / len(forms) if forms else 0.0
    if not query.adjacent:
        return result
    sections = (text for section in entry.sections for text in (section["heading"], section["text"]))
    said = verbatim(query.text)
    return result + VERBATIM * any(said.search(text.lower()) for text in (entry.title, entry.summary, *sections))


@lru_cache(maxsize=64)
def verbatim(text: str) -> re.Pattern[str]:
    """Return what finds these words in a text in lower case, whatever stands between them. Quick: texts are long."""
    return re.compile(r"[\W_]+".join(map(re.escape, WORD.findall(text.lower()))) + r"(?!\w)")


def time_score(entry: SearchEntry, now: datetime) -> float:
    """Return the weight of a date."""
    if entry.starts is None or entry.kind not in ATTENDED:
        return 0.0
    return UPCOMING if entry.starts >= now else PAST


def is_over(entry: SearchEntry, now: datetime) -> bool:
    """Return whether an entry is a date that has passed: the page of its session tells more."""
    return entry.kind == Kind.OCCURRENCE and entry.starts is not None and entry.starts < now
