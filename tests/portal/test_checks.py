"""The rules of the house are refused at start when broken, and no page type breaks one."""

import pytest
from django.db import models
from wagtail.blocks import CharBlock, ListBlock, RawHTMLBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageBlock

from portal import checks
from portal.blocks.library import block
from resources.models import DossierPage


def ids(messages) -> list[str]:
    return [message.id for message in messages]


class Anything:
    """Stands for a page type in rules that read no field."""


def stream(child) -> StreamBlock:
    return StreamBlock([("child", child)])


def test_no_page_type_breaks_a_rule():
    assert checks.check_page_types(None) == []


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        (StructBlock([("picture", ImageBlock())]), []),
        (StructBlock([("picture", ImageBlock(required=False))]), ["portal.E003"]),
        (StructBlock([("inner", StructBlock([("picture", ImageBlock())]))]), ["portal.E003"]),
        (StructBlock([("inner", ListBlock(StructBlock([("picture", ImageBlock())])))]), []),
        (StructBlock([("html", RawHTMLBlock())]), ["portal.E006"]),
        (ListBlock(CharBlock()), []),
    ],
)
def test_a_block_that_would_break_translation_is_refused(child, expected):
    assert ids(checks.check_blocks(Anything, stream(child))) == expected


def test_a_page_type_that_does_not_say_where_it_stands_is_refused(monkeypatch):
    monkeypatch.delattr(DossierPage, "parent_page_types")
    assert ids(checks.check_tree_rules(DossierPage)) == ["portal.E001"]


def test_a_field_about_which_nobody_decided_is_refused(monkeypatch):
    kept = [field for field in DossierPage.override_translatable_fields if field.field_name != "body"]
    monkeypatch.setattr(DossierPage, "override_translatable_fields", kept)
    assert ids(checks.check_decisions_on_translation(DossierPage)) == ["portal.E002"]


def test_a_translatable_field_that_no_panel_shows_is_refused(monkeypatch):
    monkeypatch.setattr(DossierPage, "content_panels", [])
    assert set(ids(checks.check_panels(DossierPage))) == {"portal.E004"}


def test_a_field_that_hides_the_pages_own_address_is_refused(monkeypatch):
    field = models.URLField(name="url")
    field.name = "url"
    monkeypatch.setattr(DossierPage._meta, "get_fields", lambda: [field])
    assert ids(checks.check_names(DossierPage)) == ["portal.E007"]


def test_two_blocks_cannot_have_one_name():
    with pytest.raises(ValueError, match="quotation"):

        @block("quotation", group="x")
        class AnotherBlock(StructBlock):
            """Never registered."""
