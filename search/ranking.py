"""The order of results, the same on every engine.

An engine says which entries match and how well their text does; this module orders the best of them by what their
title and summary say. All weights are here, to be reviewed together.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from search.analysis import Token, analyse, fold, stem
from search.analysis.analyser import joined_forms
from search.engines import Candidate
from search.enums import ATTENDED, Kind, Places
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
# Several words that it says side by side, down to its files; as they were typed, the small ones between them too;
# those of them, small or not, that the title has.
ADJACENT, VERBATIM, TITLE_WORDS = 1.5, 0.3, 0.3
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
    Kind.TERM: -0.5,
    Kind.DIRECTORY: -0.5,
}
# What one can still attend comes before what is over, what has seats left before what is full, and what comes soon
# (within so many days) before what comes late.
UPCOMING, NOTHING_AHEAD, PAST = 0.3, -0.6, -2.5
SOON, DAYS = 0.3, 180
# Asked with a month: its days in their order.
EARLY_IN_THE_MONTH = 0.8
OPEN, FULL = 0.2, -0.2
# Asked with the town where one can attend it.
HELD_THERE = 0.5


# A thing is asked for by what it is, which counts so much of what its title would.
CALLED_SO = 0.8
CALLED: Mapping[str, Mapping[str, str]] = {
    Kind.DOSSIER: {"fr": "dossier", "en": "dossier"},
    Kind.CYCLE: {"fr": "formation", "en": "training"},
    Kind.SESSION: {"fr": "formation", "en": "training"},
    Kind.EVENT: {"fr": "évènement", "en": "event"},
    Kind.REPORT: {"fr": "compte rendu", "en": "event report"},
    Kind.CASE_STUDY: {"fr": "fiche d’expérience", "en": "case study"},
    Kind.NEWS: {"fr": "actualité", "en": "news"},
}

WORD = re.compile(r"[^\W_]+")
# Columns that the order depends on.
READ = (
    *("language", "kind", "url", "title", "summary", "keywords", "sections"),
    *("place", "price", "places", "starts", "ends"),
)
# What stands before the list already, as a card or a door.
BEFORE_THE_LIST = (Kind.TERM, Kind.DIRECTORY)


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

    More clauses satisfied always win; what `stands_after` says comes next, whatever the words weigh.
    """
    now = now or timezone.now()
    rows = SearchEntry.objects.filter(pk__in=[candidate.entry_id for candidate in candidates])
    entries = {entry.pk: entry for entry in rows.only(*READ)}
    highest = max((candidate.score for candidate in candidates), default=0.0)
    pages = {entry.url for entry in entries.values() if entry.kind in (Kind.SESSION, Kind.EVENT)}
    scores = {
        candidate.entry_id: (
            candidate.clauses,
            -stands_after(entries[candidate.entry_id], query, pages, now),
            score(entries[candidate.entry_id], candidate, query, now, highest),
        )
        for candidate in candidates
        if candidate.entry_id in entries
    }
    return sorted(scores, key=lambda pk: (*scores[pk], -pk), reverse=True)


def stands_after(entry: SearchEntry, query: Query, pages: Collection[str], now: datetime) -> int:
    """Return 0 for most entries, more for those that stand behind all the others that hold as many words.

    Then come, in this order: what only says a word with other accents; a date of a session that is among `pages` (their
    addresses) anyway; what is held in another month than the one asked for; what stands before the list already; dates
    that are over.
    """
    if is_over(entry, now):
        return 5
    if entry.kind in BEFORE_THE_LIST:
        return 4
    if is_in_another_month(entry, query):
        return 3
    if entry.kind == Kind.OCCURRENCE and entry.url in pages:
        return 2
    return int(says_with_other_accents(entry, query))


def is_in_another_month(entry: SearchEntry, query: Query) -> bool:
    """Return whether an entry is attended in another month than those that the query names."""
    asked = months_of(query)
    if not asked or entry.kind not in ATTENDED or not entry.starts:
        return False
    return not asked & {timezone.localtime(moment).month for moment in (entry.starts, entry.ends) if moment}


def says_with_other_accents(entry: SearchEntry, query: Query) -> bool:
    """Return whether a word typed with accents is only said with others: «marche» where «marché» was asked for.

    A capital often lacks its accent, and says nothing. Other forms of the word neither («évaluation» for «évalué»).
    """
    typed = [word for word in query.accented if word != fold(word)]
    if not typed:
        return False
    sections = (text for section in entry.sections for text in (section["heading"], section["text"]))
    text = " ".join((entry.title, entry.summary, *entry.keywords, *sections))
    # Most entries say the word as it was typed: what follows is slower.
    missing = [word for word in typed if word.rstrip("s") not in text.lower()]
    if not missing:
        return False
    forms = {fold(word).rstrip("s") for word in missing}
    said = {raw for raw in WORD.findall(text) if fold(raw).rstrip("s") in forms}
    return any(
        same and not any(is_written(word, raw) for raw in same)
        for word in missing
        for same in [[raw for raw in said if fold(raw).rstrip("s") == fold(word).rstrip("s")]]
    )


def is_written(word: str, raw: str) -> bool:
    """Return whether a word of a text is written as it was typed, but for its plural and the accents of capitals."""
    wanted, said = word.rstrip("s"), raw.rstrip("sS")
    if len(wanted) != len(said):
        return False
    return all(a == b.lower() or (b.isupper() and fold(a) == b.lower()) for a, b in zip(wanted, said, strict=True))


def score(entry: SearchEntry, candidate: Candidate, query: Query, now: datetime, highest: float) -> float:
    """Return how well an entry answers; only comparisons within one query have a meaning."""
    title = Words.of(entry.title, query.language)
    lead = Words.of(" | ".join((entry.summary, entry.place, *entry.keywords)), query.language)
    number = len(query.clauses)
    # What a thing is counts nearly as its title: «formation laïcité» asks for a session that is called «Laïcité».
    is_one = Words.of(called(entry), query.language)
    named = (max(title.satisfy(clause), CALLED_SO * is_one.satisfy(clause)) for clause in query.clauses)
    result = TITLE_FORM * sum(named) / number
    result += LEAD * sum(map(lead.satisfy, query.clauses)) / number
    result += phrase_score(title, lead, query) + heading_score(entry, query) + typed_score(entry, title, query)
    result += ADJACENT * candidate.adjacent
    if query.accented:
        said = {token.accented for token in (*title.tokens, *lead.tokens)}
        result += ACCENTS * len(query.accented & said) / len(query.accented)
    if highest > 0:
        result += ENGINE * candidate.score / highest
    return result + KINDS.get(entry.kind, 0.0) + asked_score(entry, query) + time_score(entry, now)


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


def called(entry: SearchEntry) -> str:
    """Return what people call a thing of this kind, in the language of the entry; "" for most kinds."""
    return CALLED.get(entry.kind, {}).get(entry.language, "")


def asked_score(entry: SearchEntry, query: Query) -> float:
    """Return the weight of being attended where, and early in the month when, somebody asks for."""
    if entry.kind not in ATTENDED:
        return 0.0
    result = 0.0
    if entry.place:
        place = Words.of(entry.place, query.language)
        result += HELD_THERE * (bool(query.held_in) or any(map(place.satisfy, query.clauses)))
    if entry.starts and months_of(query):
        result += EARLY_IN_THE_MONTH * (1 - timezone.localtime(entry.starts).day / 31)
    return result


def time_score(entry: SearchEntry, now: datetime) -> float:
    """Return the weight of a date, or of a page with dates: it has a price while one of them is ahead."""
    if entry.kind not in (*ATTENDED, Kind.CYCLE):
        return 0.0
    if entry.starts is None and not entry.price:
        return NOTHING_AHEAD
    if entry.starts and entry.starts < now:
        return PAST
    seats = {Places.OPEN.value: OPEN, Places.FULL.value: FULL}.get(entry.places, 0.0)
    soon = max(0.0, 1 - (entry.starts - now).days / DAYS) if entry.starts else 0.0
    return UPCOMING + seats + SOON * soon


def is_over(entry: SearchEntry, now: datetime) -> bool:
    """Return whether an entry is a date that has passed: the page of its session tells more."""
    return entry.kind == Kind.OCCURRENCE and entry.starts is not None and entry.starts < now
