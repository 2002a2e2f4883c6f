"""Reading of the data files: one per page, French and English side by side."""

import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT_DIR = Path(__file__).resolve().parent.parent / "content"
SOURCE, TARGET = "fr", "en"
# Lists of keys of pages, wherever they stand in a file. An accordion too has `items`, which are no keys.
PAGE_LISTS = ("pages", "related_cycles", "items")
# Folders whose files are pages. The others hold rows of the directory and the texts of the documents.
PAGE_FOLDERS = ("home", "training", "events", "resources", "news")

PageFile = dict[str, Any]


@cache
def directory_file(name: str) -> Any:
    """Return what `content/directory/<name>.yaml` holds."""
    return _read(CONTENT_DIR / "directory" / f"{name}.yaml")


@cache
def document_files() -> dict[str, dict[str, Any]]:
    """Return the texts of the PDF files, by key."""
    return _by_key(CONTENT_DIR / "documents")


@cache
def picture_rows() -> dict[str, dict[str, Any]]:
    """Return what is drawn and what it shows, by key."""
    return {row["key"]: row for row in _read(CONTENT_DIR / "pictures.yaml")}


def search_terms() -> list[dict[str, Any]]:
    """Return the terms of the search, each with the fields of its row."""
    return _read(CONTENT_DIR / "terms.yaml")


def searches_file() -> dict[str, Any]:
    """Return what was searched, what is recommended and what was requested."""
    return _read(CONTENT_DIR / "searches.yaml")


@cache
def page_files() -> dict[str, PageFile]:
    """Return the page files by key: parents before children, and in the order of their folders and names."""
    files: dict[str, PageFile] = {}
    for folder in PAGE_FOLDERS:
        files.update(_by_key(CONTENT_DIR / folder))
    ordered: dict[str, PageFile] = {}
    for key in files:
        for ancestor in _lineage(files, key):
            ordered.setdefault(ancestor, files[ancestor])
    return ordered


def ancestor_keys(key: str) -> list[str]:
    """Return the keys of the pages above one, the highest first."""
    return _lineage(page_files(), key)[:-1]


def referenced_keys(content: Any) -> set[str]:
    """Return the keys of the pages that a page file leads to, wherever they stand in it."""
    found: set[str] = set()
    if isinstance(content, dict):
        for name, value in content.items():
            if name in PAGE_LISTS and all(isinstance(item, str) for item in value):
                found.update(value)
            elif name == "page" and isinstance(value, str):
                found.add(value)
            else:
                found |= referenced_keys(value)
    elif isinstance(content, list):
        for item in content:
            found |= referenced_keys(item)
    return found


def is_translated(file: PageFile) -> bool:
    """Say whether a page file has an English version."""
    return TARGET in file["title"]


def in_language(value: Any, language: str) -> Any:
    """Return a value of a data file in one language; what is written once is the same in both."""
    if isinstance(value, dict) and SOURCE in value and not set(value) - {SOURCE, TARGET}:
        return value.get(language, value[SOURCE])
    return value


def _lineage(files: dict[str, PageFile], key: str) -> list[str]:
    parent = files[key].get("parent")
    above = _lineage(files, parent) if parent in files else []
    return [*above, key]


def _by_key(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the files of a folder by key: those without dates first, then in the order of their first date."""
    rows = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    return {row["key"]: row for row in sorted(rows, key=_first_day)}


def _first_day(row: dict[str, Any]) -> datetime.date:
    days = [occurrence["day"] for occurrence in row.get("occurrences", []) if "day" in occurrence]
    return min(days, default=datetime.date.min)


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
