"""The figures of a run, for people and for machines."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests.search.judged.judging import Verdict


@dataclass(frozen=True)
class Figures:
    """What a set of queries gives: shares from 0 to 1, and counts of what should not be."""

    queries: int
    success: float
    ndcg: float
    recall: float
    forbidden: int
    nothing: float
    astray: int

    @classmethod
    def of(cls, verdicts: Sequence[Verdict]) -> "Figures":
        wanted = sum(len(verdict.query.must) for verdict in verdicts)
        answerable = [verdict for verdict in verdicts if verdict.query.grades]
        return cls(
            queries=len(verdicts),
            success=mean(verdict.success for verdict in verdicts),
            ndcg=mean(verdict.ndcg for verdict in verdicts),
            recall=1 - sum(len(verdict.missing) for verdict in verdicts) / wanted if wanted else 1.0,
            forbidden=sum(len(verdict.unwanted) for verdict in verdicts),
            nothing=mean(not verdict.found for verdict in answerable),
            astray=sum(len(verdict.astray) for verdict in verdicts),
        )


def mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0


def groups(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    """Return the sets to tell apart: all, the blind third, the rest, each category."""
    result: dict[str, list[Verdict]] = {
        "all": list(verdicts),
        "blind third": [verdict for verdict in verdicts if verdict.query.blind],
        "the others": [verdict for verdict in verdicts if not verdict.query.blind],
    }
    categories = defaultdict(list)
    for verdict in verdicts:
        categories[verdict.query.category].append(verdict)
    return {name: found for name, found in {**result, **dict(sorted(categories.items()))}.items() if found}


def lines(engine: str, verdicts: Sequence[Verdict], *, failures: bool = True) -> Iterator[str]:
    """Yield the figures as a table, then what fails and how."""
    yield f"Engine: {engine}"
    yield f"{'':16} queries  success@1  nDCG@10  recall@10  forbidden  nothing  astray"
    for name, found in groups(verdicts).items():
        of = Figures.of(found)
        yield (
            f"{name:16}{of.queries:8}{of.success:11.3f}{of.ndcg:9.3f}{of.recall:11.3f}"
            f"{of.forbidden:11}{of.nothing:9.3f}{of.astray:8}"
        )
    reduced = sum(verdict.reduced for verdict in verdicts)
    if reduced:
        yield f"{reduced} answers came from the engine that stands in."
    if failures:
        yield from map(failure, (verdict for verdict in verdicts if verdict.fails))


def failure(verdict: Verdict) -> str:
    """Return one line on what a query should have found and did not."""
    query = verdict.query
    wrong = [] if verdict.success else ["first"]
    found_wrong = {name: getattr(verdict, name) for name in ("missing", "unwanted", "astray")}
    wrong += [f"{name} {', '.join(names)}" for name, names in found_wrong.items() if names]
    known = f" [known: {query.known_failure}]" if query.known_failure else ""
    mark = "blind " if query.blind else ""
    found = ", ".join(verdict.found[:4]) or "nothing"
    return f"  {query.language} «{query.query}» ({mark}{query.category}): {'; '.join(wrong)}; came {found}{known}"


def as_data(engine: str, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return everything as plain data."""
    return {
        "engine": engine,
        "figures": {name: asdict(Figures.of(found)) for name, found in groups(verdicts).items()},
        "queries": [
            {
                "query": verdict.query.query,
                "language": verdict.query.language,
                "category": verdict.query.category,
                "blind": verdict.query.blind,
                "success": verdict.success,
                "ndcg": round(verdict.ndcg, 4),
                "missing": list(verdict.missing),
                "unwanted": list(verdict.unwanted),
                "astray": list(verdict.astray),
                "found": list(verdict.found),
            }
            for verdict in verdicts
        ],
    }
