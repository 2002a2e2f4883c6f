"""Expressions that editors write, read as the analyser reads what visitors type."""

from dataclasses import dataclass
from functools import lru_cache

from search.analysis import analyse, clean


@dataclass(frozen=True)
class Form:
    """One way to write a term: its words without stop words, folded and stemmed."""

    forms: tuple[str, ...]
    stems: tuple[str, ...]


@lru_cache(maxsize=10_000)
def read_form(text: str, language: str) -> Form | None:
    """Return one written form analysed in `language`, or None when no word is left of it."""
    tokens = analyse(clean(text), language)
    kept = [token for token in tokens if not token.is_stop] or tokens
    return Form(tuple(t.form for t in kept), tuple(t.stem for t in kept)) if kept else None
