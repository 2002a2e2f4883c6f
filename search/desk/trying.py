"""What a search finds now: for the desk, which shows at once what a remedy changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.desk.promotions import recommended
from search.enums import Kind
from search.models import SearchEntry
from search.query import parse
from search.results import ORDERED, SearchRequest, in_order, matched, suggested
from search.terms import Lexicon, lexicon

FIRST = 3


@dataclass(frozen=True)
class Tried:
    """What a search finds: how many, the first titles; `relaxed`: only some of its words, `total` being theirs."""

    text: str
    language: str
    total: int
    relaxed: bool
    titles: Sequence[str] = ()
    suggestion: str = ""
    recommended: Sequence[str] = ()

    @property
    def finds(self) -> int:
        """How many results hold all the words."""
        return 0 if self.relaxed else self.total

    @property
    def is_answered(self) -> bool:
        """Whether visitors find something now: results, or what the team recommends."""
        return bool(self.finds or self.recommended)


def tried(text: str, language: str, known: Lexicon | None = None) -> Tried:
    """Ask a search as a visitor would, with the terms of `known` or those in use; what is recommended in the latter.

    The glossary's own entries are left out: a term alone gives a visitor nothing to read, and a draft has none yet.
    """
    terms = lexicon(language) if known is None else known
    query = parse(text, language, terms)
    request = SearchRequest(text, language)
    matches, relaxed = matched(query, request, limit=ORDERED)
    total = matches.total - matches.kinds.get(Kind.TERM, 0)
    order = in_order(matches, query, request)[:ORDERED]
    titles = dict(SearchEntry.objects.filter(pk__in=order).exclude(kind=Kind.TERM).values_list("pk", "title"))
    is_in_use = known is None
    return Tried(
        text=text,
        language=language,
        total=total,
        relaxed=relaxed,
        titles=[titles[key] for key in order if key in titles][:FIRST],
        suggestion=suggested(query, terms) if is_in_use and (relaxed or not total) else "",
        recommended=[row.title for row in recommended(text, language)] if is_in_use else (),
    )
