"""Find rows by words, whatever their order, their case and their accents: «metropole» finds «Métropole»."""

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

from django.db.models import QuerySet

Rows = TypeVar("Rows", bound=QuerySet)
# A sentence pasted by mistake is no search.
MOST_WORDS = 12


# What breaks or widens a line. No-break spaces stay: French puts them before its high signs.
_BREAKS = re.compile("[\x00-\x20\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """Return a text on one line, its runs of ordinary spaces and line breaks reduced to one space."""
    return _BREAKS.sub(" ", text).strip(" ")


def folded(text: object) -> str:
    """Return a text in lower case, without accents, its ligatures written out."""
    plain = str(text or "").replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("’", "'")
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def with_words(rows: Rows, text: str, fields: Sequence[str]) -> Rows:
    """Keep the rows that hold every word of `text`, each in any of `fields`.

    Compared here rather than by the database, which folds no accent on SQLite: meant for lists of some thousand rows.
    """
    words = folded(text.replace("\x00", "")).split()[:MOST_WORDS]
    if not words:
        return rows
    found = []
    for pk, *values in rows.order_by().values_list("pk", *fields):
        said = " ".join(folded(value) for value in values)
        if all(word in said for word in words):
            found.append(pk)
    return rows.filter(pk__in=found)
