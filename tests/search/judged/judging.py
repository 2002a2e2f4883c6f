"""Each query is asked as the public page asks it, and what comes is compared with what should."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from search.analysis import fold
from search.services import SearchRequest, search
from tests.search.judged import metrics
from tests.search.judged.corpus import LANGUAGES, slug_of
from tests.search.judged.queries import JudgedQuery


@dataclass(frozen=True)
class Answer:
    """What came: names of the results of the page and of those shown apart, where they lead, what is proposed."""

    found: Sequence[str]
    apart: Sequence[str] = ()
    passages: Mapping[str, Sequence[str | int | None]] = field(default_factory=dict)
    suggestion: str = ""
    relaxed: bool = False
    reduced: bool = False


@dataclass(frozen=True)
class Verdict:
    """How one query did."""

    query: JudgedQuery
    found: Sequence[str]
    success: bool
    ndcg: float
    missing: Sequence[str]
    unwanted: Sequence[str]
    astray: Sequence[str]
    reduced: bool

    @property
    def fails(self) -> bool:
        return bool(not self.success or self.missing or self.unwanted or self.astray)


Ask = Callable[[str, str], Answer]


def ask(text: str, language: str) -> Answer:
    """Ask the project's search, as its results page does."""
    others = [code for code in LANGUAGES if code != language]
    results = search(SearchRequest(text, language, kinds=[], page=None), others)
    apart = [hit for other in results.others for hit in other.hits]
    return Answer(
        found=[slug_of(hit.entry) for hit in results.hits],
        apart=[slug_of(hit.entry) for hit in apart],
        passages={slug_of(hit.entry): (hit.page_number, hit.anchor) for hit in (*results.hits, *apart)},
        suggestion=suggested(results),
        relaxed=results.relaxed,
        reduced=bool(getattr(results, "reduced", False)),
    )


def suggested(results: Any) -> str:
    """Return the text that is proposed instead of the one typed, if any."""
    proposed = getattr(results, "suggestion", None) or ""
    return str(getattr(proposed, "text", proposed))


def judge(query: JudgedQuery, asking: Ask) -> Verdict:
    """Ask one query and compare. A mistyped one is judged by what the text proposed finds, if it is the right one."""
    answer = asking(query.query, query.language)
    if query.suggestion:
        if fold(answer.suggestion) in map(fold, query.suggestion):
            answer = asking(answer.suggestion, query.language)
        elif answer.relaxed:
            # A list of whatever holds some of the words does not tell the visitor what was mistyped.
            answer = Answer([])
    found = answer.apart if query.other else answer.found
    return Verdict(
        query=query,
        found=found,
        success=metrics.succeeds(found, query.grades),
        ndcg=metrics.ndcg(found, query.grades),
        missing=metrics.missing(found, query.must),
        unwanted=metrics.unwanted(found, query.forbidden, query.not_first),
        astray=[
            name
            for name, place in query.passages.items()
            if name in found and place not in answer.passages.get(name, (place,))
        ],
        reduced=answer.reduced,
    )


def judge_all(queries: Iterable[JudgedQuery], asking: Ask = ask) -> list[Verdict]:
    """Ask every query."""
    return [judge(query, asking) for query in queries]
