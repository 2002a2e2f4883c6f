"""A row's key replaced wherever pages keep it: in blocks, drafts, older versions, and the memory of translations."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from modelcluster.models import get_all_child_relations
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ChooserBlock, ListBlock
from wagtail.fields import StreamField
from wagtail.models import Page, Revision
from wagtail_localize.models import TranslationSource


@dataclass(frozen=True)
class Replacement:
    """The key of a row of a model, and the one that takes its place."""

    model: type[models.Model]
    old: int
    new: int


def rewrite_page(page: Page, change: Replacement) -> bool:
    """Replace a key in the blocks of a page as it is published; tell whether it was there."""
    changed = {}
    for name in _streams(type(page)):
        raw = json.loads(page._meta.get_field(name).value_to_string(page))
        block = page._meta.get_field(name).stream_block
        if (new := in_block(block, raw, change)) != raw:
            changed[name] = page._meta.get_field(name).to_python(json.dumps(new))
    if changed:
        # Not `save`: nothing is published here, and no version is made.
        type(page)._base_manager.filter(pk=page.pk).update(**changed)
    return bool(changed)


def rewrite_versions(change: Replacement) -> None:
    """Replace a key in every draft and older version of anything, and in what translations remember of pages.

    A version that names a deleted row could not be opened any more.
    """
    for revision in _holding(Revision.objects.all(), "content", change):
        model = revision.content_type.model_class()
        if model and in_data(model, revision.content, change):
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    for source in _holding(TranslationSource.objects.all(), "content_json", change):
        model, data = source.specific_content_type.model_class(), json.loads(source.content_json)
        if model and in_data(model, data, change):
            TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(data))


def _holding(rows: models.QuerySet, name: str, change: Replacement) -> Iterator[Any]:
    """Yield the rows whose JSON may hold the key: most do not, and need not be read."""
    written = rows.alias(written=Cast(name, models.TextField()))
    # A key stands after the name of its field, or alone in a list of blocks, with or without a space.
    return written.filter(written__regex=rf"[:\[,] ?{change.old}\D").iterator()


def in_data(model: type[models.Model], data: dict[str, Any], change: Replacement) -> bool:
    """Replace a key in an instance written as JSON (modelcluster's way), in place; tell whether it was there."""
    found = False
    for key in model._meta.concrete_fields:
        is_it = isinstance(key, models.ForeignKey) and key.related_model is change.model
        if is_it and data.get(key.name) == change.old:
            data[key.name], found = change.new, True
    for name in _streams(model):
        raw = json.loads(data[name]) if data.get(name) else []
        new = in_block(model._meta.get_field(name).stream_block, raw, change)
        if new != raw:
            data[name], found = json.dumps(new), True
    for relation in get_all_child_relations(model):
        for child in data.get(relation.get_accessor_name()) or []:
            found |= in_data(relation.related_model, child, change)
    return found


def in_block(block: Any, raw: Any, change: Replacement) -> Any:
    """Return the stored value of a block with the key replaced."""
    if isinstance(block, ChooserBlock):
        return change.new if raw == change.old and block.target_model is change.model else raw
    if isinstance(block, BaseStreamBlock):
        return [
            {**part, "value": in_block(block.child_blocks[part["type"]], part["value"], change)}
            if part.get("type") in block.child_blocks
            else part
            for part in raw or []
        ]
    if isinstance(block, BaseStructBlock) and isinstance(raw, dict):
        known = {name: child for name, child in block.child_blocks.items() if name in raw}
        return {**raw, **{name: in_block(child, raw[name], change) for name, child in known.items()}}
    if isinstance(block, ListBlock) and isinstance(raw, list):
        return [_in_item(block.child_block, item, change) for item in raw]
    return raw


def _in_item(block: Any, item: Any, change: Replacement) -> Any:
    """Return an item of a list: written with its identity, or bare as older versions of Wagtail did."""
    if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
        return {**item, "value": in_block(block, item["value"], change)}
    return in_block(block, item, change)


def _streams(model: type[models.Model]) -> list[str]:
    return [row.name for row in model._meta.get_fields() if isinstance(row, StreamField)]
