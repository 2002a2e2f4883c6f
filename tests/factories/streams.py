"""The stored form of streams: what a StreamField keeps, and what the demonstration's loader writes."""

from typing import Any
from uuid import uuid4


def stored(kind: str, value: Any) -> dict[str, Any]:
    """Return a block of a stream as it is stored."""
    return {"type": kind, "value": value, "id": str(uuid4())}


def stored_items(*values: Any) -> list[dict[str, Any]]:
    """Return the items of a list as they are stored: the long form, which the translation needs."""
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]


def stored_chapter(title: str, *content: dict[str, Any], anchor: str = "") -> dict[str, Any]:
    """Return a chapter of a dossier as it is stored, with the stored blocks of its content."""
    return stored("chapter", {"title": title, "anchor": anchor, "content": list(content)})


def stored_heading(text: str, level: str = "h3", anchor: str = "") -> dict[str, Any]:
    """Return a heading as it is stored."""
    return stored("heading", {"text": text, "level": level, "anchor": anchor})


def stored_text(words: str) -> dict[str, Any]:
    """Return a paragraph as it is stored."""
    return stored("text", f"<p>{words}</p>")
