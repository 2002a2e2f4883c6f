"""System checks: what must hold on every page type, so that a mistake is refused when the project starts."""

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db.models import ManyToManyField
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel
from wagtail.blocks import Block, ListBlock, RawHTMLBlock, StreamBlock, StructBlock
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page, get_page_models
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from portal.models import BasePage

# wagtail-localize ignores their content without a word (wagtail/wagtail-localize#302).
UNTRANSLATED_BLOCKS = (RawHTMLBlock, TableBlock, TypedTableBlock)
# Fields of Wagtail that its own tabs show.
WAGTAIL_FIELDS = {"title", "slug", "seo_title", "search_description", "show_in_menus"}


def our_page_types() -> list[type[Page]]:
    """Return the page types of the project."""
    return [model for model in get_page_models() if issubclass(model, BasePage)]


@register("portal")
def check_page_types(app_configs: list[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Run every rule on every page type."""
    return [message for page_type in our_page_types() for message in _messages(page_type)]


def _messages(page_type: type[Page]) -> Iterator[CheckMessage]:
    yield from check_tree_rules(page_type)
    yield from check_decisions_on_translation(page_type)
    yield from check_names(page_type)
    yield from check_panels(page_type)
    yield from check_relations(page_type)
    for field in page_type._meta.get_fields():
        if isinstance(field, StreamField):
            yield from check_blocks(page_type, field.stream_block)


def check_tree_rules(page_type: type[Page]) -> Iterator[CheckMessage]:
    """E001: a page type says where it may stand and what may stand below it."""
    for name in ("parent_page_types", "subpage_types"):
        if name not in vars(page_type):
            yield Error(f"{page_type.__name__} does not declare {name}.", obj=page_type, id="portal.E001")


def check_decisions_on_translation(page_type: type[Page]) -> Iterator[CheckMessage]:
    """E002: each field is declared translatable or synchronised; a new one asks for a decision.

    Child rows of every page are asked about only where a panel fills them.
    """
    decided = {field.field_name for field in page_type.override_translatable_fields}
    unused = {relation.name for relation in get_all_child_relations(Page)} - set(_panel_names(page_type.content_panels))
    for field in get_translatable_fields(page_type):
        if field.field_name not in decided | unused:
            yield Error(
                f"{page_type.__name__}.{field.field_name} is declared neither translatable nor synchronised.",
                hint="Add it to override_translatable_fields.",
                obj=page_type,
                id="portal.E002",
            )


def check_names(page_type: type[Page]) -> Iterator[CheckMessage]:
    """E007: no field hides an attribute of Wagtail's page (a field named `url` hides the page's own address)."""
    known = {field.name for field in Page._meta.get_fields()}
    for field in page_type._meta.get_fields():
        if field.name not in known and hasattr(Page, field.name):
            yield Error(f"{page_type.__name__}.{field.name} hides Page.{field.name}.", obj=page_type, id="portal.E007")


def check_panels(page_type: type[Page]) -> Iterator[CheckMessage]:
    """E004: a translatable field has a panel, else its translation could never be complete (measured)."""
    shown = WAGTAIL_FIELDS | set(_panel_names(page_type.content_panels))
    for field in get_translatable_fields(page_type):
        if isinstance(field, TranslatableField) and field.field_name not in shown:
            yield Error(f"{page_type.__name__}.{field.field_name} has no panel.", obj=page_type, id="portal.E004")


def _panel_names(panels: list[Any]) -> Iterator[str]:
    for panel in panels:
        if isinstance(panel, FieldPanel):
            yield panel.field_name
        elif isinstance(panel, InlinePanel):
            yield panel.relation_name
        elif isinstance(panel, Panel) and hasattr(panel, "children"):
            yield from _panel_names(panel.children)


def check_relations(page_type: type[Page]) -> Iterator[CheckMessage]:
    """E005: no many-to-many on a page: translations receive it once, and never again (measured)."""
    for field in page_type._meta.get_fields():
        is_many = isinstance(field, ManyToManyField | ParentalManyToManyField)
        if is_many and field.model is page_type:
            yield Error(
                f"{page_type.__name__}.{field.name} is a many-to-many relation.",
                hint="Use a child row with a ParentalKey.",
                obj=page_type,
                id="portal.E005",
            )


def check_blocks(page_type: type[Page], block: Block, parents: tuple[Block, ...] = ()) -> Iterator[CheckMessage]:
    """E003: an ImageBlock is required, and its StructBlock stands in a list or a stream, else «Translate» crashes.
    E006: no block whose content translation ignores."""
    where = f"{page_type.__name__}: {'/'.join(parent.name or '?' for parent in (*parents, block))}"
    if isinstance(block, UNTRANSLATED_BLOCKS) and not hasattr(block, "get_translatable_segments"):
        yield Error(f"{where} is ignored by translation.", obj=page_type, id="portal.E006")
    if isinstance(block, ImageBlock):
        if not block.child_blocks["image"].required:
            yield Error(f"{where}: an ImageBlock must be required.", obj=page_type, id="portal.E003")
        if [isinstance(parent, StructBlock) for parent in parents[-2:]] == [True, True]:
            yield Error(f"{where}: put a list between the two structures.", obj=page_type, id="portal.E003")
        return
    children = [block.child_block] if isinstance(block, ListBlock) else []
    if isinstance(block, StructBlock | StreamBlock):
        children = list(block.child_blocks.values())
    for child in children:
        yield from check_blocks(page_type, child, (*parents, block))
