"""Every block of the library with content: its own preview, whose invented rows are saved."""

import json
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignKey, Model, UniqueConstraint
from PIL import Image as Drawing
from treebeard.mp_tree import MP_Node
from wagtail.blocks import Block, ListBlock, StructBlock
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import Image
from wagtail.snippets.blocks import SnippetChooserBlock

from portal.blocks.library import body_blocks
from tests.factories.streams import stored


def make_picture(title: str = "Une place") -> Image:
    """Return a picture of the library, of one colour."""
    content = BytesIO()
    Drawing.new("RGB", (960, 540), "#1f6f5c").save(content, "PNG")
    return Image.objects.create(title=title, file=ContentFile(content.getvalue(), "place.png"))


def example(block: Block) -> Any:
    """Return the preview value of a block, its rows saved and its pictures drawn."""
    return _with_rows(block, block.get_preview_value())


def body_of_examples(kind: str = "") -> str:
    """Return a body with one of each block that suits a kind of page, as it is stored."""
    blocks = body_blocks(kind).child_blocks
    examples = [stored(name, block.get_prep_value(example(block))) for name, block in blocks.items()]
    return json.dumps(examples, cls=DjangoJSONEncoder)


def _with_rows(block: Block, value: Any) -> Any:
    if isinstance(block, ImageBlock):
        picture = value or make_picture()
        picture.contextual_alt_text, picture.decorative = "Une place, vue d’une fenêtre", False
        return picture
    if isinstance(block, SnippetChooserBlock):
        return _saved(value) if value is not None else None
    if isinstance(block, ListBlock):
        for bound in value.bound_blocks:
            bound.value = _with_rows(bound.block, bound.value)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            value[name] = _with_rows(child, value.get(name))
    return value


def _saved(row: Model) -> Model:
    """Return a row that the database holds: the one with the same unique values, else this one, saved."""
    if not row._state.adding:
        return row
    for field in row._meta.concrete_fields:
        if isinstance(field, ForeignKey) and getattr(row, field.name, None) is not None:
            setattr(row, field.name, _saved(getattr(row, field.name)))
    if known := _known(row):
        return known
    if isinstance(row, MP_Node):
        return type(row).add_root(instance=row)
    row.save()
    return row


def _known(row: Model) -> Model | None:
    unique = [(field.name,) for field in row._meta.concrete_fields if field.unique and not field.primary_key]
    unique += [rule.fields for rule in row._meta.constraints if isinstance(rule, UniqueConstraint) and rule.fields]
    for names in unique:
        values = {name: getattr(row, name) for name in names}
        if all(values.values()) and (known := type(row)._default_manager.filter(**values).first()):
            return known
    return None
