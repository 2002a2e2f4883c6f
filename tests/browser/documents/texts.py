"""How a document of these tests is written: what the editor types, and what she translates it by."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Text:
    """A text in French and its translation."""

    fr: str
    en: str


@dataclass(frozen=True)
class Choice:
    """The value of an option of a list."""

    value: str


@dataclass(frozen=True)
class Row:
    """A row of the directory, found by these words in a chooser."""

    words: str


# A block of a body: its name in the menu of blocks, and what its fields are filled in with.
Block = tuple[str, dict[str, Any]]


def texts_of(content: Any) -> Iterator[Text]:
    """Yield every text of a document, in its order."""
    if isinstance(content, Text):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from texts_of(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from texts_of(value)


def rows_of(content: Any) -> Iterator[str]:
    """Yield the names of the rows that a document chooses."""
    if isinstance(content, Row):
        yield content.words
    elif isinstance(content, dict):
        for value in content.values():
            yield from rows_of(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from rows_of(value)
