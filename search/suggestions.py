"""Titles proposed while one types."""

from dataclasses import dataclass
from functools import partial

from django.utils import timezone

from search.analysis import Token, analyse, clean
from search.engines import get_engine
from search.engines.base import Beginning
from search.enums import ATTENDED, NOT_SEARCHED, Kind
from search.kinds import kind_of
from search.models import SearchEntry
from search.query import MAX_CHARACTERS, MAX_WORDS
from search.ranking import KINDS

# Letters before which everything would be proposed, and how many titles are.
FEWEST_LETTERS, MOST = 2, 8
# A date has the title of its session, which tells more.
SUGGESTED = sorted(set(Kind) - NOT_SEARCHED - {Kind.OCCURRENCE}, key=lambda kind: (-KINDS.get(kind, 0.0), kind))


@dataclass(frozen=True)
class Suggestion:
    """A page whose title says what is being typed."""

    title: str
    kind_label: str
    url: str


def suggestions(text: str, language: str) -> list[Suggestion]:
    """Return at most eight pages whose title says all the words typed, each of which may be unfinished.

    The best first: what begins by these words, dossiers before others, what can still be attended before what is
    over. Two database queries at most; any text is accepted.
    """
    beginning = read(text, language)
    if beginning is None:
        return []
    rows = SearchEntry.objects.filter(pk__in=get_engine().suggest(beginning))
    entries = rows.only("title", "kind", "url", "anchor", "starts", "ends", "language", "facts")
    best = sorted(entries, key=partial(_rank, beginning))
    titles = {entry.title.casefold(): entry for entry in reversed(best)}
    kept = sorted(titles.values(), key=best.index)[:MOST]
    return [Suggestion(entry.title, kind_of(entry), entry.address) for entry in kept]


def read(text: str, language: str) -> Beginning | None:
    """Return what is being typed; None while it is too short, or too long to be a title."""
    kept = clean(text[: 20 * MAX_CHARACTERS])
    tokens = analyse(kept, language)
    if not tokens or len(kept) > MAX_CHARACTERS or len(tokens) > MAX_WORDS:
        return None
    last, words = tokens[-1], [token for token in tokens[:-1] if not token.is_stop]
    if len(last.form) < FEWEST_LETTERS and not words:
        return None
    return Beginning(language, words, last.form, [kind.value for kind in SUGGESTED])


def _rank(beginning: Beginning, entry: SearchEntry) -> tuple[bool, bool, int, int, int]:
    """Return what sorts first what answers best."""
    said = [token for token in analyse(entry.title, entry.language) if not token.is_stop]
    is_over = entry.kind in ATTENDED and (entry.ends or entry.starts or timezone.now()) < timezone.now()
    return is_over, not _begins(said, beginning), SUGGESTED.index(Kind(entry.kind)), len(entry.title), entry.pk


def _begins(said: list[Token], beginning: Beginning) -> bool:
    """Return whether a title's words are first those typed."""
    number = len(beginning.words)
    if len(said) <= number or not said[number].form.startswith(beginning.last):
        return False
    return [token.stem for token in said[:number]] == [word.stem for word in beginning.words]
