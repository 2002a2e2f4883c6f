"""Every block of the library: it previews, shows and keeps what was written, and is translated whole."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.blocks import Block, CharBlock, ChoiceBlock, IntegerBlock, RichTextBlock, TextBlock, TimeBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail_localize.models import StringSegment

from directory.blocks import body_field
from home.models import StandardPage
from portal.blocks.anchors import AnchorBlock, inner_parts, write_anchors
from portal.blocks.library import PAGE_KINDS, body_blocks
from portal.blocks.reading import block_texts, body_sections
from portal.blocks.tables import TranslatableTableBlock
from portal.templatetags.blocks_tags import contents_of
from resources.blocks import ChapterBlock
from resources.booklets import booklet_of
from resources.models import CaseStudyPage
from tests.factories.blocks import body_of_examples, example
from tests.factories.dossiers import make_dossier
from tests.factories.pages import make_page, make_report, translate_page
from tests.factories.streams import stored, stored_chapter, stored_heading, stored_items

BLOCKS = body_blocks().child_blocks
WRITTEN = (CharBlock, TextBlock, RichTextBlock, TranslatableTableBlock)
TECHNICAL = (AnchorBlock, ChoiceBlock, IntegerBlock, TimeBlock)
every_block = pytest.mark.parametrize("name", BLOCKS)


def leaves(block: Block, value: Any) -> Iterator[tuple[Block, Any]]:
    """Yield each (block, value) that has no part of its own, in the order of the page."""
    parts = list(inner_parts(block, value))
    if not parts and value:
        yield block, value
    for child, inner in parts:
        yield from leaves(child, inner)


def written(block: Block, value: Any) -> list[str]:
    """Return the texts that an editor wrote in a block, without their markup."""
    texts = [
        text
        for leaf, inner in leaves(block, value)
        if isinstance(leaf, WRITTEN) and not isinstance(leaf, AnchorBlock)
        for text in block_texts(leaf, inner)
    ]
    return [" ".join(text.split()) for text in texts if text]


def words(html: str) -> str:
    """Return what a reader sees of some HTML, in one line."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


def assert_shows(html: str, texts: list[str]) -> None:
    """Fail with the texts that a reader does not find, words apart: markup may stand between them."""
    shown = set(words(html).split())
    assert [text for text in texts if not set(text.split()) <= shown] == []


def test_every_block_suits_some_page_and_no_page_offers_another_kind_of_page_its_blocks():
    offered = {kind: set(body_field(kind).stream_block.child_blocks) for kind in PAGE_KINDS}
    assert set().union(*offered.values()) == set(BLOCKS)
    for name, child in BLOCKS.items():
        assert {kind for kind, names in offered.items() if name in names} == set(child.suits)


def test_a_page_of_an_unknown_kind_has_no_body():
    with pytest.raises(ValueError, match="poster"):
        body_field("poster")


@every_block
def test_a_block_says_what_it_is_for_and_has_its_picture_in_the_chooser(name: str):
    child = BLOCKS[name]
    assert child.meta.description
    assert child.meta.group
    assert child.meta.icon != Block._meta_class.icon
    assert child.meta.template == f"blocks/{name}.html"
    assert get_template(child.meta.template)
    assert child.is_previewable


@pytest.fixture
def about(db: None) -> StandardPage:
    """A page that others may lead to."""
    return make_page(StandardPage, "Qui nous sommes")


@pytest.fixture
def editor(about: StandardPage) -> Client:
    """Somebody who may open the admin."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("odile", "odile@example.org", "x"))
    return client


@every_block
def test_the_chooser_shows_a_block_as_the_site_does(editor: Client, name: str):
    child = BLOCKS[name]
    answer = editor.get(reverse("wagtailadmin_block_preview"), {"id": child.definition_prefix})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "css/portal.css" in html
    assert "css/blocks.css" in html
    assert_shows(html, written(child, child.get_preview_value()))


@pytest.mark.usefixtures("about")
@every_block
def test_a_block_keeps_shows_and_lets_the_search_read_what_was_written(name: str):
    child = BLOCKS[name]
    given = child.clean(example(child))
    texts = written(child, given)
    kept = child.to_python(json.loads(json.dumps(child.get_prep_value(given), cls=DjangoJSONEncoder)))
    assert texts
    assert written(child, kept) == texts
    assert_shows(child.render(kept), texts)
    body = body_blocks().to_python([{"type": name, "value": child.get_prep_value(given), "id": "1"}])
    read = " ".join(f"{heading} {text}" for heading, _anchor, text in body_sections(body))
    assert_shows(read, texts)


@pytest.mark.usefixtures("about")
def test_every_text_of_every_block_is_translated_in_place_and_nothing_else_is_offered():
    french = make_report(body=body_of_examples("report"))
    english = translate_page(french)
    assert {child.block_type for child in french.body} == set(BLOCKS)
    segments = StringSegment.objects.filter(source__object_id=french.translation_key)
    offered = set(segments.values_list("string__data", flat=True))
    texts, technical = set(), set()
    for source, target in zip(french.body, english.body, strict=True):
        french_texts = written(source.block, source.value)
        assert written(target.block, target.value) == [text.upper() for text in french_texts]
        texts.update(french_texts)
        technical.update(
            str(value) for leaf, value in leaves(source.block, source.value) if isinstance(leaf, TECHNICAL)
        )
    assert technical >= {"in_progress", "myth", "doubts", "09:30:00"}
    assert not offered & (technical - texts)


def test_the_translation_editor_offers_what_stands_in_tables_and_in_lists_of_lists(editor: Client):
    english = translate_page(make_report(body=body_of_examples("report")), publish=False)
    answer = editor.get(reverse("wagtailadmin_pages:edit", args=[english.pk]))
    assert answer.status_code == 200
    offered = unescape(answer.content.decode())
    for text in ("Qui est venu, d", "Personnes", "Un chantier rapproche mieux"):
        assert text in offered


def test_text_is_read_by_section_without_markup():
    body = body_blocks().to_python(
        [
            {"type": "text", "value": "<p>Avant tout titre.</p>"},
            {"type": "heading", "value": {"text": "Méthode", "level": "h2", "anchor": ""}},
            {"type": "callout", "value": {"kind": "try_this", "title": "Essayez", "text": "<p>Prévoir du temps.</p>"}},
            {"type": "tracks", "value": {"title": "Pistes", "tracks": [track("Aller vers", ["On vient."])]}},
        ]
    )
    assert body_sections(body) == [
        ("", "", "Avant tout titre."),
        ("Méthode", "methode", "Essayez\nPrévoir du temps.\nPistes\nAller vers\nOn vient."),
    ]


def track(title: str, hypotheses: list[str]) -> dict[str, Any]:
    """Return a track as it is stored in its list."""
    texts = stored_items(*({"text": text} for text in hypotheses))
    return stored_items({"number": 1, "title": title, "hypotheses": texts, "tests": []})[0]


def test_two_parts_of_a_page_never_share_an_id():
    heading = {"type": "heading", "value": {"text": "Contexte", "level": "h2", "anchor": ""}}
    body = body_blocks().clean(body_blocks().to_python([heading, heading, heading]))
    assert [child.value.slug for child in body] == ["contexte", "contexte-2", "contexte-3"]


def test_a_part_without_words_waits_for_its_address():
    block = body_blocks()
    empty = {"type": "heading", "value": {"text": "", "level": "h2", "anchor": ""}}
    body = block.to_python([empty, empty])
    write_anchors(block, body)
    assert [child.value["anchor"] for child in body] == ["", ""]
    body[1].value["text"] = "Maubeuge"
    write_anchors(block, body)
    assert [child.value["anchor"] for child in body] == ["", "maubeuge"]


def test_a_heading_keeps_the_address_that_it_was_first_given():
    block = body_blocks()
    body = block.clean(block.to_python([stored_heading("Écouter d’abord")]))
    body[0].value["text"] = "Écouter, puis agir"
    assert block.clean(body)[0].value.slug == "ecouter-dabord"


def test_headings_of_blocks_follow_those_of_the_page():
    steps = {"type": "steps", "value": {"title": "Comment", "steps": [{"title": "Marcher", "text": ""}]}}
    untitled = {"type": "steps", "value": {"title": "", "steps": [{"title": "Revenir", "text": ""}]}}
    heading = {"type": "heading", "value": {"text": "Méthode", "level": "h2", "anchor": ""}}
    below = {"type": "heading", "value": {"text": "Détail", "level": "h3", "anchor": ""}}
    html = render(body_blocks().to_python([steps, heading, steps, untitled, below, steps]))
    assert [int(level) for level in re.findall(r"<h(\d)", html)] == [2, 3, 2, 3, 4, 3, 3, 4, 5]


def test_what_an_item_says_inside_a_group_lowers_nothing_that_follows():
    steps = {"type": "steps", "value": {"title": "Comment", "steps": [{"title": "Marcher", "text": ""}]}}
    heading = {"type": "heading", "value": {"text": "Méthode", "level": "h2", "anchor": ""}}
    groups = [{"type": "steps", "value": {**steps["value"], "title": ""}}, steps, steps]
    html = render(body_blocks().to_python([heading, *groups]))
    assert [int(level) for level in re.findall(r"<h(\d)", html)] == [2, 3, 3, 4, 3, 4]


def test_the_title_of_a_block_under_a_heading_of_a_chapter_is_one_level_below():
    steps = stored("steps", {"title": "Comment", "steps": stored_items({"title": "Marcher", "text": ""})})
    chapter = ChapterBlock()
    value = chapter.to_python(stored_chapter("Installer", steps, stored_heading("Méthode"), steps)["value"])
    html = chapter.render(value)
    assert [int(level) for level in re.findall(r"<h(\d)", html)] == [2, 3, 4, 3, 4, 5]


def test_contents_list_headings_and_titled_blocks_at_their_own_levels_and_lead_to_them():
    steps = {"type": "steps", "value": {"title": "Comment", "steps": [{"title": "Marcher", "text": ""}]}}
    heading = {"type": "heading", "value": {"text": "Méthode", "level": "h2", "anchor": ""}}
    below = {"type": "heading", "value": {"text": "Détail", "level": "h3", "anchor": ""}}
    body = body_blocks().to_python([steps, heading, steps, below, steps])
    assert contents_of(body) == [
        ("Comment", "part-comment", []),
        ("Méthode", "methode", [("Comment", "part-comment-2"), ("Détail", "detail")]),
    ]
    html = Template('{% include "components/body.html" %}').render(Context({"page": {"body": body}}))
    assert re.findall(r'<h(\d) id="([\w-]+)"', html) == [
        ("2", "part-comment"), ("2", "methode"), ("3", "part-comment-2"), ("3", "detail"), ("4", "part-comment-3"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_each_entry_of_the_contents_of_a_report_with_every_block_leads_into_the_page(client):
    report = make_report(body=body_of_examples("report"))
    assert lost_entries(client.get(report.url).content, at_least=5) == []


@pytest.mark.django_db
def test_each_entry_of_the_contents_of_a_dossier_leads_into_its_page_and_its_booklet(client, rf):
    chapter = stored_chapter("Tout", stored_heading("Détail"), *json.loads(body_of_examples("chapter")))
    dossier = make_dossier(body=json.dumps([chapter]), items=[make_page(CaseStudyPage, "Une marche")])
    request = rf.get(dossier.url)
    booklet = render_to_string("pdf/dossier.html", booklet_of(dossier).context(request), request)
    for shown in (client.get(dossier.url).content, booklet):
        assert lost_entries(shown, at_least=4) == []


def lost_entries(html: str | bytes, at_least: int) -> list[str]:
    """Return the addresses of the contents list of a page that lead nowhere in it."""
    soup = BeautifulSoup(html, "html.parser")
    entries = [link["href"].removeprefix("#") for link in soup.select("nav.contents a")]
    assert len(entries) >= at_least
    return [place for place in entries if len(soup.find_all(id=place)) != 1]


def render(stream: StreamValue) -> str:
    """Return the HTML of a body."""
    return Template('{% include "components/body.html" %}').render(Context({"stream": stream}))


@pytest.mark.django_db
def test_texts_inside_lists_of_lists_are_translated_in_place():
    tracks = {"type": "tracks", "value": {"title": "", "tracks": [track("Aller vers", ["On vient.", "On reste."])]}}
    dossier = make_dossier(body=json.dumps([stored_chapter("Atelier", {**tracks, "id": "t"})]))
    english = translate_page(dossier, {"On reste.": "One stays."})
    shown = english.body[0].value["content"][0].value["tracks"][0]
    assert [item["text"] for item in shown["hypotheses"]] == ["ON VIENT.", "One stays."]
    assert shown["number"] == 1
