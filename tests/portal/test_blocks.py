"""Every block of the library: it previews, its text is read by the search, its strings are offered for translation."""

import pytest
from django.template.loader import get_template
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Page

from directory.blocks import body_field
from portal.blocks.library import PAGE_KINDS, body_blocks
from portal.blocks.reading import body_sections
from resources.models import CaseStudyPage
from tests.factories.pages import make_page, translate_page

BLOCKS = body_blocks().child_blocks
BODY = [
    {"type": "text", "value": "<p>Avant tout titre.</p>"},
    {"type": "heading", "value": {"text": "Méthode", "level": "h2", "anchor": ""}},
    {"type": "callout", "value": {"kind": "vigilance", "title": "Attention", "text": "<p>Prévoir du temps.</p>"}},
    {
        "type": "key_figures",
        "value": {
            "title": "",
            "figures": [
                {"type": "item", "id": "a1", "value": {"value": "633", "label": "personnes", "source": "2015"}}
            ],
        },
    },
]


def test_every_block_suits_some_page_and_no_page_offers_another_kind_of_page_its_blocks():
    offered = {kind: set(body_field(kind).stream_block.child_blocks) for kind in PAGE_KINDS}
    assert set().union(*offered.values()) == set(BLOCKS)
    for name, child in BLOCKS.items():
        assert {kind for kind, names in offered.items() if name in names} == set(child.suits)


def test_a_page_of_an_unknown_kind_has_no_body():
    with pytest.raises(ValueError, match="poster"):
        body_field("poster")


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_says_what_it_is_for_and_has_its_template(name):
    child = BLOCKS[name]
    assert child.meta.description
    assert child.meta.group
    assert child.meta.template == f"blocks/{name}.html"
    assert get_template(child.meta.template)


def test_text_is_read_by_section_without_markup():
    body = body_blocks().to_python(BODY)
    assert body_sections(body) == [
        ("", "", "Avant tout titre."),
        ("Méthode", "methode", "Attention\nPrévoir du temps.\n633\npersonnes\n2015"),
    ]


def test_two_parts_of_a_page_never_share_an_id():
    heading = {"type": "heading", "value": {"text": "Contexte", "level": "h2", "anchor": ""}}
    body = body_blocks().clean(body_blocks().to_python([heading, heading, heading]))
    assert [child.value.slug for child in body] == ["contexte", "contexte-2", "contexte-3"]


@pytest.mark.django_db
def test_texts_inside_lists_are_translated_in_place():
    dossier = make_page(CaseStudyPage, "GUP", body=BODY)
    english = translate_page(dossier, {"personnes": "people"})
    figures = Page.objects.get(pk=english.pk).specific.body[3].value["figures"]
    assert figures[0]["label"] == "people"
    assert figures[0]["value"] == "633"


@pytest.mark.django_db
def test_a_link_has_one_target():
    links = BLOCKS["links"].child_blocks["items"].child_block
    value = links.to_python({"label": "Rien", "language": "fr"})
    with pytest.raises(StructBlockValidationError) as refused:
        links.clean(value)
    assert "label" in refused.value.block_errors
