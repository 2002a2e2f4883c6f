"""From the `body` of a page file to the content of a StreamField, the same block identifiers in both languages."""

import json
from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from demo.loader.content import in_language

# Fields of blocks that name a row or a page by its key in the data files.
CHOOSERS = {"person", "organisation", "network", "document", "page"}
# Lists of struct blocks, and lists of rows: the long form of a ListBlock, which the translation needs.
LISTS = {"figures", "items", "steps", "people", "pages"}
ROW_OF_LIST = {"people": "person", "pages": "page"}
# Fields that an editor may leave empty but a stored block always has.
OPTIONAL_TEXTS = {"heading": ["anchor"], "callout": ["title"], "quotation": ["speaker_name", "role"]}

# Given the kind of a row and its key, its primary key; None for a page that does not exist (yet).
Lookup = Callable[[str, str], int | None]


def body_json(page_key: str, body: list[dict[str, Any]], language: str, lookup: Lookup) -> str:
    """Return the stored form of a page's body in a language. A list of pages none of which exists is left out."""
    stream = []
    for number, entry in enumerate(body):
        ((kind, content),) = entry.items()
        path = f"{page_key}/{number}"
        value = _block(kind, content, language, lookup, path)
        if kind == "related_pages" and not value["pages"]:
            continue
        stream.append({"type": kind, "value": value, "id": _identifier(path)})
    return json.dumps(stream)


def objectives_json(page_key: str, objectives: dict[str, list[str]], language: str) -> str:
    """Return the stored form of a cycle's objectives in a language."""
    texts = in_language(objectives, language)
    return json.dumps(
        [
            {"type": "objective", "value": text, "id": _identifier(f"{page_key}/objectives/{number}")}
            for number, text in enumerate(texts)
        ]
    )


def _block(kind: str, content: Any, language: str, lookup: Lookup, path: str) -> Any:
    if kind == "text":
        return in_language(content, language)
    value = dict.fromkeys(OPTIONAL_TEXTS.get(kind, []), "")
    return {**value, **_struct(content, language, lookup, path)}


def _struct(content: dict[str, Any], language: str, lookup: Lookup, path: str) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for name, given in content.items():
        if name in LISTS and isinstance(given, list):
            value[name] = _list(name, given, language, lookup, f"{path}/{name}")
        elif name in CHOOSERS:
            value[name] = lookup(name, given)
        else:
            value[name] = in_language(given, language)
    return value


def _list(name: str, given: list[Any], language: str, lookup: Lookup, path: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for number, item in enumerate(given):
        inner = f"{path}/{number}"
        is_row = name in ROW_OF_LIST
        value = lookup(ROW_OF_LIST[name], item) if is_row else _struct(item, language, lookup, inner)
        if value is not None:
            items.append({"type": "item", "value": value, "id": _identifier(inner)})
    return items


def _identifier(path: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"demonstration:{path}"))
