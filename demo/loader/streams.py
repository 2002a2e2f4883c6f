"""From a page file to the content of a StreamField: the blocks themselves say what a text of the file becomes.

Nothing here names a block: a field is a list, a chooser, a table or a text because its block is one. The identifiers
are the same in both languages, as the translation needs.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.blocks import Block, CharBlock, ChooserBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock, TextBlock
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.models import AbstractDocument
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from demo.loader.content import in_language

# Given the kind of a row and its key, its primary key; None for a page that does not exist (yet).
Lookup = Callable[[str, str], int | None]


@dataclass(frozen=True)
class Writer:
    """Writes streams in a language, choosing rows and pages by the keys of the data files."""

    language: str
    lookup: Lookup
    # Given the key of a picture: what it shows, in the writer's language.
    alternative_text: Callable[[str], str] = lambda key: key

    def stream(self, path: str, block: StreamBlock, entries: list[dict[str, Any]]) -> StreamValue:
        """Return the entries of a file as the checked value of a stream, as if an editor had typed them.

        A list whose every page is still to be made is left out. Raises ValueError for a block or a field that does not
        exist, and where the editor's form would refuse the content.
        """
        raw = [item for item in self._entries(path, block, entries) if item is not None]
        try:
            return block.clean(block.to_python(raw))
        except StreamBlockValidationError as error:
            raise ValueError(f"{path}: {error.as_json_data()}") from error

    def objectives(self, path: str, objectives: dict[str, list[str]]) -> str:
        """Return the stored form of a cycle's objectives."""
        texts = in_language(objectives, self.language)
        items = [("objective", text, _identifier(f"{path}/{number}")) for number, text in enumerate(texts)]
        return json.dumps([{"type": kind, "value": text, "id": key} for kind, text, key in items])

    def _entries(self, path: str, block: StreamBlock, entries: list[dict[str, Any]]) -> list[dict[str, Any] | None]:
        made: list[dict[str, Any] | None] = []
        for number, entry in enumerate(entries):
            ((kind, content),) = entry.items()
            if kind not in block.child_blocks:
                raise ValueError(f"No block «{kind}» here: {path}.")
            inner = f"{path}/{number}"
            value = self._value(inner, block.child_blocks[kind], content)
            made.append(None if value is None else {"type": kind, "value": value, "id": _identifier(inner)})
        return made

    def _value(self, path: str, block: Block, given: Any) -> Any:
        """Return the stored form of what the file gives for a block; None for a page that is still to be made."""
        if isinstance(block, StreamBlock):
            return self._entries(path, block, given)
        if isinstance(block, ListBlock):
            return self._list(path, block, given)
        if isinstance(block, ImageBlock):
            return {"image": self.lookup("image", given), "alt_text": self.alternative_text(given), "decorative": False}
        if isinstance(block, StructBlock):
            return self._struct(path, block, given)
        if isinstance(block, ChooserBlock):
            return self.lookup(_kind(block), str(given))
        if isinstance(block, TableBlock):
            return _table(given, self.language)
        return in_language(given, self.language)

    def _struct(self, path: str, block: StructBlock, given: dict[str, Any]) -> dict[str, Any] | None:
        unknown = set(given) - set(block.child_blocks)
        if unknown:
            raise ValueError(f"No field {sorted(unknown)} here: {path}.")
        value = {}
        for name, child in block.child_blocks.items():
            value[name] = self._value(f"{path}/{name}", child, given[name]) if name in given else _empty(child)
            if isinstance(child, ListBlock) and given.get(name) and not value[name]:
                return None
        return value

    def _list(self, path: str, block: ListBlock, given: list[Any]) -> list[dict[str, Any]]:
        items = []
        for number, item in enumerate(given):
            inner = f"{path}/{number}"
            value = self._value(inner, block.child_block, item)
            if value is not None:
                items.append({"type": "item", "value": value, "id": _identifier(inner)})
        return items


def _kind(block: ChooserBlock) -> str:
    """Return the name under which the loader finds the rows of a chooser."""
    model = block.model_class
    if issubclass(model, Page):
        return "page"
    return "document" if issubclass(model, AbstractDocument) else model._meta.model_name


def _empty(block: Block) -> Any:
    """Return what is stored for a field that the file leaves out."""
    if isinstance(block, ListBlock | StreamBlock):
        return []
    if isinstance(block, CharBlock | TextBlock | RichTextBlock):
        return ""
    return None if isinstance(block, ChooserBlock) else block.get_prep_value(block.get_default())


def _table(given: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a table from its caption, its cells row by row, and which of the first row and column are headers."""
    cells = [[in_language(cell, language) for cell in row] for row in given["rows"]]
    header = given["header"]
    return {
        "data": cells,
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": header in ("row", "both"),
        "first_col_is_header": header in ("column", "both"),
        "table_header_choice": header,
        "table_caption": in_language(given["caption"], language),
    }


def _identifier(path: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"demonstration:{path}"))
