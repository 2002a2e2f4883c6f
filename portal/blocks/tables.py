"""Tables that everybody can read and that translation does not forget."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructValue
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail_localize.segments import StringSegmentValue

CAPTION = "caption"
MENU = {
    "row_above": {"name": _("Insert a row above")},
    "row_below": {"name": _("Insert a row below")},
    "col_left": {"name": _("Insert a column on the left")},
    "col_right": {"name": _("Insert a column on the right")},
    "remove_row": {"name": _("Remove the row")},
    "remove_col": {"name": _("Remove the column")},
    "undo": {"name": _("Undo")},
    "redo": {"name": _("Redo")},
}
# Right-hand columns for what is compared digit by digit: numbers with their separators, signs and units.
NUMBER = re.compile(r"[\d\s.,+\-−–%€]*\d[\d\s.,+\-−–%€]*")


class TranslatableTableBlock(TableBlock):
    """Wagtail's table with a caption, headers, and cells that the translation offers one by one.

    wagtail-localize ignores tables (wagtail/wagtail-localize#302), hence the two methods that it looks for. A cell goes
    by what it says, not by where it stands: a row added above changes nothing, and the same words are translated once.
    """

    def __init__(self, **kwargs: Any) -> None:
        # The editor of cells knows no French: its menu speaks with our words.
        super().__init__(table_options={"contextMenu": {"items": MENU}, "language": "en-US"}, **kwargs)

    def clean(self, value: dict[str, Any] | None) -> dict[str, Any] | None:
        """Require cells, a caption and headers, but in a draft. Raises a validation error that says what is missing."""
        missing = _missing(value or {})
        if missing and not self.is_deferred_validation:
            raise ValidationError(missing)
        return super().clean(value)

    def plain_texts(self, value: dict[str, Any]) -> Iterator[str]:
        """Yield the caption and what the cells say, row by row (read by the search)."""
        yield from filter(None, [_text(value.get("table_caption")), *_cells(value)])

    def get_translatable_segments(self, value: dict[str, Any]) -> list[StringSegmentValue]:
        """Return the caption and each text of the cells, once (called by wagtail-localize).

        A whole number reads the same in both languages; a decimal one does not.
        """
        texts = {_path(text): text for text in _cells(value or {}) if text and not text.isdecimal()}
        if caption := _text((value or {}).get("table_caption")):
            texts = {CAPTION: caption, **texts}
        return [StringSegmentValue(path, text) for path, text in texts.items()]

    def restore_translated_segments(self, value: dict[str, Any], segments: list[StringSegmentValue]) -> dict[str, Any]:
        """Return the table in another language (called by wagtail-localize)."""
        translated = {segment.path: segment.render_text() for segment in segments}
        rows = [[translated.get(_path(_text(cell)), cell) for cell in row] for row in value["data"]]
        return {**value, "data": rows, "table_caption": translated.get(CAPTION, value.get("table_caption"))}


@dataclass(frozen=True)
class Cell:
    """A cell as the page shows it: `scope` is «col» or «row» for a header, empty for the others."""

    text: str
    scope: str
    is_number: bool


class TableValue(StructValue):
    """A table, ready to be drawn."""

    @property
    def caption(self) -> str:
        """What the table shows."""
        return _text(self._table.get("table_caption"))

    @property
    def head(self) -> list[Cell]:
        """The row of headers; empty when only the first column holds headers."""
        return self._rows[0] if self._table.get("first_row_is_table_header") else []

    @property
    def body(self) -> list[list[Cell]]:
        """The rows below the headers."""
        return self._rows[1:] if self._table.get("first_row_is_table_header") else self._rows

    @property
    def _table(self) -> dict[str, Any]:
        # A draft may have none yet.
        return self.get("table") or {}

    @property
    def _rows(self) -> list[list[Cell]]:
        rows = [[_text(cell) for cell in row] for row in self._table.get("data") or []]
        has_head = bool(self._table.get("first_row_is_table_header"))
        has_side = bool(self._table.get("first_col_is_header"))
        numbers = {
            column
            for column, texts in enumerate(zip(*rows[has_head:], strict=False))
            if any(texts) and all(NUMBER.fullmatch(text) for text in texts if text)
        }
        return [
            [
                Cell(
                    text,
                    "col" if has_head and not line else "row" if has_side and not column else "",
                    column in numbers and not (has_side and not column),
                )
                for column, text in enumerate(texts)
            ]
            for line, texts in enumerate(rows)
        ]


def _missing(value: dict[str, Any]) -> str | Promise:
    if not any(_cells(value)):
        return _("Fill in the table.")
    if not _text(value.get("table_caption")):
        return _("Give the table a caption: what it shows, in a few words.")
    if value.get("table_header_choice") not in ("row", "column", "both"):
        return _("Choose which cells are headers: without them, nobody can follow a row by ear.")
    return ""


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _cells(value: dict[str, Any]) -> Iterator[str]:
    return (_text(cell) for row in value.get("data") or [] for cell in row)


def _path(text: str) -> str:
    return f"cell-{sha256(text.encode()).hexdigest()[:16]}"
