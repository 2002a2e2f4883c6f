"""What a visitor asks, in Elasticsearch's own terms: one request for the hits, their number and each facet's counts."""

from collections.abc import Iterable
from typing import Any

from search.engines.base import DATES, KIND, Beginning, EngineRequest, Filters
from search.engines.elastic.documents import TEXTS
from search.enums import ATTENDED, NOT_SEARCHED, Sort
from search.query import Alternative, Clause, Match

# How much a word weighs where it stands: the same proportions as in the embedded engine.
WEIGHTS = {"title": 10.0, "lead": 4.0, "body": 1.5, "attachment": 0.7, "joined": 1.0}
AS_WRITTEN = {"title": 8.0, "lead": 2.0, "body": 1.0, "attachment": 0.5}
# How the words side by side are told from the clauses, in the answer.
ADJACENT = "adjacent"
# More values than any facet has: the default of ten would hide the rest without a word.
MOST_VALUES = 1000
# Milliseconds beyond which a date to come is none: what is past or undated stands after it.
NEVER = 1_000_000_000_000_000
BY_DATE = """
if (doc['starts'].size() > 0 && doc['starts'].value.toInstant().toEpochMilli() >= params.now) {
  return doc['starts'].value.toInstant().toEpochMilli() - params.now;
}
if (doc['day'].size() > 0) { return params.never - doc['day'].value.toInstant().toEpochMilli(); }
return params.never * 2.0;
"""

Body = dict[str, Any]


def search_body(request: EngineRequest) -> Body:
    """Return the whole request. Filters come after the counts, which leave out each its own."""
    own = _own_filters(request.filters)
    body: Body = {
        "query": _words(request),
        "post_filter": {"bool": {"filter": list(own.values())}},
        "aggs": {name: _count(name, own) for name in dict.fromkeys((KIND, *request.count_facets, *own))},
        "size": request.limit,
        "track_total_hits": True,
        "_source": False,
        "sort": [{"_score": "desc"}, {"_doc": "asc"}],
    }
    if request.sort is Sort.DATE or request.everything:
        params = {"now": int(request.now.timestamp() * 1000), "never": NEVER}
        script = {"lang": "painless", "source": BY_DATE, "params": params}
        body["sort"] = [{"_script": {"type": "number", "script": script, "order": "asc"}}, {"_doc": "asc"}]
    return body


def beginning_body(beginning: Beginning) -> Body:
    """Return the request for titles that say what is being typed, the kinds wanted first before the others."""
    language = beginning.language
    said: list[Body] = [
        {"bool": {"should": [{"match": {f"{language}.title": word.form}}, _begins(word.form, language)]}}
        for word in beginning.words
    ]
    said.append(_begins(beginning.last, language))
    said += [{"term": {"language": language}}, {"terms": {"kind": list(beginning.kinds)}}]
    first = [
        {"constant_score": {"filter": {"term": {"kind": kind}}, "boost": len(beginning.kinds) - rank}}
        for rank, kind in enumerate(beginning.kinds)
    ]
    return {"query": {"bool": {"filter": said, "should": first}}, "size": beginning.limit, "_source": False}


def _begins(form: str, language: str) -> Body:
    return {"prefix": {f"{language}.title.folded": {"value": form}}}


def _words(request: EngineRequest) -> Body:
    query, filters = request.query, request.filters
    always: list[Body] = [{"term": {"language": filters.language}}]
    always += [_held_in(name, codes) for name, codes in sorted(query.held_in.items())]
    hidden: list[Body] = [{"terms": {"kind": sorted(NOT_SEARCHED)}}]
    if request.everything:
        return {"bool": {"filter": always, "must_not": hidden}}
    language = query.language
    clauses = [_named(_clause(clause, language), f"clause-{number}") for number, clause in enumerate(query.clauses)]
    wanted: Body = {"bool": {"should": clauses, "minimum_should_match": 1 if request.any_word else len(clauses)}}
    return {
        "bool": {
            "must": [wanted],
            "should": [_named(_alternative(query.adjacent, language), ADJACENT)] if query.adjacent else [],
            "filter": always,
            "must_not": [*hidden, *(_alternative(excluded, language) for excluded in query.excluded)],
        }
    }


def _held_in(facet: str, codes: Iterable[str]) -> Body:
    """Return what one may attend in these towns or territories, and all that one does not attend anywhere."""
    elsewhere = [{"terms": {"kind": list(ATTENDED)}}, {"exists": {"field": "facets.place"}}]
    here = {"terms": {f"facets.{facet}": sorted(codes)}}
    return {"bool": {"should": [here, {"bool": {"must_not": [{"bool": {"filter": elsewhere}}]}}]}}


def _named(clause: Body, name: str) -> Body:
    return {"bool": {"must": [clause], "_name": name}}


def _clause(clause: Clause, language: str) -> Body:
    return {"dis_max": {"queries": [_alternative(wanted, language) for wanted in clause.alternatives]}}


def _alternative(wanted: Alternative, language: str) -> Body:
    if wanted.match is Match.EXACT:
        return _phrase(" ".join(wanted.forms), [f"{language}.{name}.folded" for name in TEXTS if name != "joined"])
    stemmed = [f"{language}.{name}^{weight}" for name, weight in WEIGHTS.items()]
    if wanted.match is Match.PHRASE:
        return _phrase(" ".join(wanted.forms), stemmed)
    as_written = [f"{language}.{name}.folded^{weight}" for name, weight in AS_WRITTEN.items()]
    words: list[Body] = [
        {"multi_match": {"query": form, "fields": [*stemmed, *as_written], "type": "most_fields"}}
        for form in wanted.forms
    ]
    return {"bool": {"must": words}}


def _phrase(text: str, fields: Iterable[str]) -> Body:
    return {"multi_match": {"query": text, "fields": list(fields), "type": "phrase"}}


def _own_filters(filters: Filters) -> dict[str, Body]:
    """Return the filters that a visitor chose, by the name of what they choose among."""
    own: dict[str, Body] = {KIND: {"terms": {"kind": sorted(filters.kinds)}}} if filters.kinds else {}
    bounds = {"gte": filters.starts_from, "lt": filters.starts_before}
    if dates := {name: moment.isoformat() for name, moment in bounds.items() if moment}:
        own[DATES] = {"range": {"starts": dates}}
    for name, codes in sorted(filters.facets.items()):
        if codes:
            own[name] = {"terms": {f"facets.{name}": sorted(codes)}}
    return own


def _count(name: str, own: dict[str, Body]) -> Body:
    others = [chosen for other, chosen in own.items() if other != name]
    counted: Body = {"filter": {"bool": {"filter": others}}}
    if name != DATES:
        field = "kind" if name == KIND else f"counted.{name}"
        counted["aggs"] = {"values": {"terms": {"field": field, "size": MOST_VALUES}}}
    return counted
