"""The judged queries: the measures themselves, the corpus and its queries, and the gates on every engine."""

import json
import math
from collections import Counter
from typing import Any

import pytest

from search.models import SearchEntry
from tests.search.judged import metrics, report
from tests.search.judged.corpus import load
from tests.search.judged.judging import Answer, judge
from tests.search.judged.queries import JudgedQuery, judged_queries
from tests.search.judged.running import judged

GRADES = {"a": 3, "b": 2, "c": 1}


def query(**values: object) -> JudgedQuery:
    return JudgedQuery.read(
        {"query": "q", "language": "fr", "category": "words", "reason": "", "grades": GRADES, **values}
    )


def test_the_best_order_gains_everything() -> None:
    assert metrics.ndcg(["a", "b", "c", "x"], GRADES) == 1.0
    assert metrics.ndcg([], GRADES) == 0.0


def test_a_gain_is_worth_less_further_down() -> None:
    # By hand: (3/log2(2) + 7/log2(3)) over (7/log2(2) + 3/log2(3) + 1/log2(4)).
    found = (3 + 7 / math.log2(3)) / (7 + 3 / math.log2(3) + 0.5)

    assert metrics.ndcg(["b", "a"], GRADES) == pytest.approx(found) == pytest.approx(0.7896, abs=0.0001)
    assert metrics.ndcg([*["x"] * 10, "a"], GRADES) == 0.0


def test_the_first_must_have_the_highest_grade() -> None:
    assert metrics.succeeds(["a", "b"], GRADES)
    assert not metrics.succeeds(["b", "a"], GRADES)
    assert not metrics.succeeds([], GRADES)


def test_where_nothing_is_right_nothing_must_come() -> None:
    assert metrics.succeeds([], {})
    assert metrics.ndcg([], {}) == 1.0
    assert not metrics.succeeds(["x"], {})
    assert metrics.ndcg(["x"], {}) == 0.0


def test_what_is_missing_and_what_is_unwanted_is_looked_for_among_ten() -> None:
    ten = [f"x{number}" for number in range(10)]

    assert metrics.missing([*ten, "a"], ["a", "x1"]) == ["a"]
    assert metrics.unwanted([*ten, "a"], ["a", "x1"], ["x2"]) == ["x1"]
    assert metrics.unwanted(["a", "b"], [], ["a", "b"]) == ["a"]


def test_a_mistyped_query_is_judged_by_the_text_proposed() -> None:
    answers = {"q": Answer(["c"], relaxed=True, suggestion="Été"), "Été": Answer(["a", "b", "c"])}

    assert judge(query(suggestion=["ete"]), lambda text, language: answers[text]).ndcg == 1.0
    assert judge(query(suggestion=["hiver"]), lambda text, language: answers[text]).found == []


def test_figures_are_shares_of_all_that_was_asked() -> None:
    verdicts = [
        judge(query(forbidden=["x"]), lambda *_: Answer(["x", "a"])),
        judge(query(must=["a", "b"]), lambda *_: Answer(["a"])),
        judge(query(grades={}), lambda *_: Answer([])),
        judge(query(other=True, blind=True), lambda *_: Answer(["a"])),
    ]
    figures = report.Figures.of(verdicts)

    assert (figures.queries, figures.success, figures.recall, figures.forbidden) == (4, 0.5, 0.5, 1)
    assert figures.nothing == pytest.approx(1 / 3)
    assert report.Figures.of(verdicts[1:2]).ndcg == pytest.approx(7 / (7 + 3 / math.log2(3) + 0.5))
    assert report.as_data("x", verdicts)["figures"]["blind third"]["success"] == 0.0
    assert json.dumps(report.as_data("x", verdicts))
    assert len(list(report.lines("x", verdicts))) == 2 + 4 + 3


def test_the_queries_are_enough_and_a_third_of_them_blind() -> None:
    queries = judged_queries()
    asked = Counter((query.query, query.language) for query in queries)

    assert [text for text, times in asked.items() if times > 1] == []
    assert len(queries) >= 130
    assert sum(query.blind for query in queries) >= len(queries) / 3


def test_queries_name_what_the_corpus_holds(db: None) -> None:
    assert load() >= 150
    known = set(SearchEntry.objects.values_list("facts__slug", flat=True))

    for query in judged_queries():
        named = {*query.grades, *query.must, *query.forbidden, *query.not_first, *query.passages}
        assert named <= known, (query.query, named - known)
        assert not set(query.grades) & set(query.forbidden), query.query
    assert SearchEntry.objects.filter(kind="document").count() == 15


@pytest.mark.parametrize("engine", ["embedded", "elasticsearch"])
def test_the_search_passes_the_gates(engine: str, request: pytest.FixtureRequest, settings: Any, db: None) -> None:
    if engine == "elasticsearch":
        request.getfixturevalue("elastic")

    verdicts = judged()
    figures = report.Figures.of(verdicts)
    said = "\n".join(report.lines(engine, verdicts))

    assert not any(verdict.reduced for verdict in verdicts), said
    assert figures.success >= 0.90, said
    assert figures.ndcg >= 0.85, said
    assert figures.recall == 1, said
    assert figures.forbidden == 0, said
    assert figures.astray == 0, said
    if engine == "elasticsearch":
        settings.SEARCH_ENGINE = "embedded"
        embedded = report.Figures.of(judged(is_loaded=True))
        assert min(embedded.success / figures.success, embedded.ndcg / figures.ndcg) >= 0.95
