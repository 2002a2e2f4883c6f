"""An entry as Elasticsearch keeps it: its texts by weight, what it can be filtered by, when it begins."""

from datetime import UTC, datetime, time
from typing import Any

from search.analysis.analyser import joined_forms
from search.engines.elastic.analysis import LANGUAGES, SETTINGS
from search.engines.indexed_text import facet_labels
from search.enums import FacetName
from search.models import SearchEntry

# Between two texts of one field: no phrase runs from one to the next.
GAP = 100
KEYWORD = {"type": "keyword"}
TEXTS = ("title", "lead", "body", "attachment", "joined")


def read_by(analyzer: str) -> dict[str, Any]:
    """Return a field that one analyzer reads."""
    return {"type": "text", "analyzer": analyzer, "position_increment_gap": GAP}


MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    # Rows are the truth: nothing is ever read from here but their keys.
    "_source": {"enabled": False},
    "properties": {
        # Texts stand under their language, and no other reads them: reading takes most of the time.
        **{
            code: {"properties": {name: {**read_by(code), "fields": {"folded": read_by("folded")}} for name in TEXTS}}
            for code in LANGUAGES
        },
        "kind": KEYWORD,
        "language": KEYWORD,
        "starts": {"type": "date"},
        "day": {"type": "date"},
        # By facet, the codes to filter by, and each code with its labels to count by.
        "facets": {"properties": dict.fromkeys(FacetName.values, KEYWORD)},
        "counted": {"properties": dict.fromkeys(FacetName.values, KEYWORD)},
    },
}
INDEX: dict[str, Any] = {
    "settings": {
        "number_of_shards": 1,
        # One node suffices; a cluster with more takes a copy by itself.
        "auto_expand_replicas": "0-1",
        "analysis": SETTINGS,
        "index.max_result_window": 10_000,
    },
    "mappings": MAPPINGS,
}
SEPARATOR = "\x1f"


def document(entry: SearchEntry) -> dict[str, Any]:
    """Return what is indexed of an entry, read with its facets."""
    lead = [entry.summary, *entry.keywords, entry.venue, entry.place, *facet_labels(entry)]
    body = [text for section in entry.sections for text in (section["heading"], section["text"])]
    body.append(entry.carrier_title)
    joined = {form for text in (entry.title, *lead, *body, *entry.pages) for form in joined_forms(text)}
    facets: dict[str, list[str]] = {}
    counted: dict[str, list[str]] = {}
    for value in entry.facets.all():
        facets.setdefault(value.name, []).append(value.code)
        counted.setdefault(value.name, []).append(SEPARATOR.join((value.code, value.label_fr, value.label_en)))
    return {
        entry.language: {
            "title": entry.title,
            "lead": [text for text in lead if text],
            "body": [text for text in body if text],
            "attachment": [text for text in entry.pages if text],
            "joined": sorted(joined),
        },
        "kind": entry.kind,
        "language": entry.language,
        "starts": entry.starts,
        "day": day_of(entry),
        "facets": facets,
        "counted": counted,
    }


def day_of(entry: SearchEntry) -> datetime | None:
    """Return when an entry stands in a list by date: its beginning, else its last update."""
    if entry.starts:
        return datetime.combine(entry.starts.astimezone(UTC).date(), time.min, UTC)
    return datetime.combine(entry.updated_on, time.min, UTC) if entry.updated_on else None
