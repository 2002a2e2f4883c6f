"""The order of results, the same on every engine.

An engine says which entries match and how well their text does; this module orders the best of them by what their
title and summary say. All weights are here, to be reviewed together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from search.analysis import Token, analyse
from search.engines import Candidate
from search.enums import Kind
from search.excerpts import occurrences
from search.models import SearchEntry
from search.query import Clause, Match, Query

# Where a word is: a title that says it as typed, a title with another form of it, a summary.
TITLE_FORM, TITLE_STEM, LEAD = 3.0, 2.4, 1.0
# The words side by side, in the title or the summary; the title being the query; the share of the title it fills.
TITLE_PHRASE, LEAD_PHRASE, WHOLE_TITLE, SHARE = 1.2, 0.6, 1.5, 0.8
# A word typed with its accents, said with the same accents («marché», not «marche»).
ACCENTS = 0.6
# What the engine found in the text, from 0 to 1.
ENGINE = 1.5
KINDS: Mapping[str, float] = {
    Kind.DOSSIER: 0.3,
    Kind.CYCLE: 0.3,
    Kind.SESSION: 0.1,
    Kind.EVENT: 0.1,
    Kind.RESOURCE: 0.1,
    Kind.CASE_STUDY: 0.1,
    Kind.CLOSE_UP: 0.1,
    Kind.NEWS: -0.1,
    Kind.OCCURRENCE: -0.1,
    Kind.DOCUMENT: -0.3,
}
# What one can still attend comes before what is over.
ATTENDED = (Kind.OCCURRENCE, Kind.SESSION, Kind.EVENT)
UPCOMING, PAST = 0.3, -0.3


@dataclass(frozen=True)
class Words:
    """The tokens of a title or a summary."""

    tokens: Sequence[Token]

    def satisfy(self, clause: Clause) -> float:
        """Return 0 when they do not satisfy `clause`, 1 when they do as it was typed, less with other forms."""
        best = 0.0
        forms = {token.form for token in self.tokens}
        stems = {token.stem for token in self.tokens if not token.is_stop}
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
    entries = {entry.pk: entry for entry in rows.only("title", "summary", "keywords", "place", "kind", "starts")}
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
    title = Words(analyse(entry.title, query.language))
    lead = Words(analyse(" | ".join((entry.summary, entry.place, *entry.keywords)), query.language))
    number = len(query.clauses)
    result = TITLE_FORM * sum(map(title.satisfy, query.clauses)) / number
    result += LEAD * sum(map(lead.satisfy, query.clauses)) / number
    result += phrase_score(title, lead, query)
    if query.accented:
        said = {token.accented for token in (*title.tokens, *lead.tokens)}
        result += ACCENTS * len(query.accented & said) / len(query.accented)
    if highest > 0:
        result += ENGINE * candidate.score / highest
    return result + KINDS.get(entry.kind, 0.0) + time_score(entry, now)


def phrase_score(title: Words, lead: Words, query: Query) -> float:
    """Return the weight of the query's words standing together, and of how much of the title they fill."""
    said = [token.stem for token in title.tokens if not token.is_stop]
    asked = {stem for clause in query.clauses for wanted in clause.alternatives for stem in wanted.stems}
    result = SHARE * sum(stem in asked for stem in said) / len(said) if said else 0.0
    if query.adjacent:
        result += TITLE_PHRASE if any(True for _ in occurrences(title.tokens, query.adjacent, 0)) else 0.0
        result += LEAD_PHRASE if any(True for _ in occurrences(lead.tokens, query.adjacent, 0)) else 0.0
    for clause in query.clauses if len(query.clauses) == 1 else ():
        result += WHOLE_TITLE if any(list(wanted.stems) == said for wanted in clause.alternatives) else 0.0
    if query.adjacent and list(query.adjacent.stems) == said:
        result += WHOLE_TITLE
    return result


def time_score(entry: SearchEntry, now: datetime) -> float:
    """Return the weight of a date."""
    if entry.starts is None or entry.kind not in ATTENDED:
        return 0.0
    return UPCOMING if entry.starts >= now else PAST


def is_over(entry: SearchEntry, now: datetime) -> bool:
    """Return whether an entry is a date that has passed: the page of its session tells more."""
    return entry.kind == Kind.OCCURRENCE and entry.starts is not None and entry.starts < now
