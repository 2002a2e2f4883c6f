"""What a block refuses, at the field at fault, in words that help."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from wagtail.blocks import StructBlockValidationError
from wagtail.documents.models import Document

from portal.blocks.library import body_blocks
from tests.factories.blocks import example

BLOCKS = body_blocks().child_blocks
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def refusal(name: str, changes: dict[str, Any], *path: str) -> dict[str, str]:
    """Return the errors by field of a block whose example was changed, or of the first item of its list `path`."""
    block = BLOCKS[name]
    value = example(block)
    for step in path:
        block, value = block.child_blocks[step].child_block, value[step][0]
    value.update(changes)
    with translation.override("fr"), pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    return {field: " ".join(error.messages) for field, error in refused.value.block_errors.items()}


def make_file(name: str) -> Document:
    """Return a file of the portal."""
    return Document.objects.create(title=name, file=ContentFile(b"0", name))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "fields"),
    [({"url": ""}, {"document"}), ({"url": "https://example.org/", "document": "given"}, {"document", "url"})],
)
def test_a_link_has_one_target(changes: dict[str, Any], fields: set[str]):
    if changes.get("document"):
        changes = {**changes, "document": make_file("guide.pdf")}
    errors = refusal("links", changes, "items")
    assert set(errors) == fields
    assert all("l’un des trois" in error for error in errors.values())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["embed", "video"])
def test_only_allowed_sites_are_shown_and_the_error_names_them(name: str):
    error = refusal(name, {"url": "https://videos.example.org/watch/1"})["url"]
    assert "YouTube, Vimeo" in error
    assert "framatube.org" in error
    assert ("Padlet" in error) == (name == "embed")


@pytest.mark.django_db
def test_a_board_is_no_video():
    assert "Vimeo" in refusal("video", {"url": "https://padlet.com/centre/notes-k3j2h1g4f5d6s7a8"})["url"]


@pytest.mark.django_db
def test_a_video_is_an_address_or_a_file():
    assert "l’un des deux" in refusal("video", {"url": "", "document": None})["url"]
    assert "l’un des deux" in refusal("video", {"url": YOUTUBE, "document": make_file("marche.mp4")})["url"]


@pytest.mark.django_db
def test_a_video_file_is_one_that_browsers_play_and_its_captions_are_webvtt():
    assert "MP4" in refusal("video", {"url": "", "document": make_file("marche.pdf")})["document"]
    film = make_file("marche.mp4")
    assert "vtt" in refusal("video", {"url": "", "document": film, "captions": make_file("mots.pdf")})["captions"]
    assert "vtt" in refusal("video", {"url": YOUTUBE, "document": None, "captions": make_file("mots.vtt")})["captions"]


@pytest.mark.django_db
def test_a_video_has_a_transcript():
    nothing = BLOCKS["video"].child_blocks["transcript"].to_python("")
    assert set(refusal("video", {"transcript": nothing})) == {"transcript"}


@pytest.mark.django_db
def test_another_viewpoint_than_the_four_says_what_it_is():
    assert "point de vue" in refusal("viewpoints", {"viewpoint": "other", "title": " "}, "viewpoints")["title"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"data": [["", " "], [None, ""]]}, "Remplissez"),
        ({"table_caption": " "}, "légende"),
        ({"table_header_choice": "neither"}, "en-tête"),
    ],
)
def test_a_table_has_cells_a_caption_and_headers(changes: dict[str, Any], words: str):
    table = example(BLOCKS["table"])["table"]
    assert words in refusal("table", {"table": {**table, **changes}})["table"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "links",
        "video",
        "embed",
        "table",
        "viewpoints",
        "speakers",
        "close_ups",
        "places_map",
        "day_programme",
        "voices",
    ],
)
def test_a_draft_may_be_saved_before_a_block_is_complete_and_is_shown_all_the_same(name: str):
    block = BLOCKS[name]
    value = block.clean_deferred(block.get_default())
    if name == "viewpoints":
        value["viewpoints"][0]["viewpoint"] = "other"
        block.clean_deferred(value)
    assert block.render(value)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["embed", "video"])
def test_a_draft_refuses_at_once_an_address_that_is_not_allowed(name: str):
    block = BLOCKS[name]
    value = block.get_default()
    value["url"] = "https://videos.example.org/watch/1"
    with pytest.raises(StructBlockValidationError):
        block.clean_deferred(value)
