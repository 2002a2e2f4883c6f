"""What every template and static file must respect, read from the files."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template
from wagtail.models import Page

from directory.enums import Pictogram
from events.enums import OccurrenceState
from portal.blocks.library import body_blocks

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "emails" not in path.parts)
SPRITE = (ROOT / "static/icons/sprite.svg").read_text(encoding="utf-8")


def name(path: Path) -> str:
    """Return a template's name, for the title of a test."""
    return path.relative_to(ROOT / "templates").as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_no_inline_style_or_script(path):
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", source)
    # Data for search engines is no code, and one component alone writes it.
    if name(path) == "components/structured_data.html":
        source = source.replace('<script type="application/ld+json">', "")
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_loads_nothing_from_another_host(path):
    loaded = re.findall(
        r"<(?:script|link|img|iframe|source)[^>]*(?:src|href)=\"(https?:)?//", path.read_text(encoding="utf-8")
    )

    assert not loaded


def test_the_style_sheet_and_the_scripts_load_nothing_from_another_host():
    for path in (ROOT / "static").rglob("*"):
        if path.suffix in {".css", ".js"}:
            assert not re.search(r"(?:url\(|import )[\"']?(?:https?:)?//", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_an_icon_that_a_template_names_exists(path):
    named = re.findall(r"components/icon.html\" with name=\"([\w-]+)\"", path.read_text(encoding="utf-8"))

    assert [icon for icon in named if f'id="{icon}"' not in SPRITE] == []


@pytest.mark.urls("tests.look.urls")
def test_the_guide_finds_in_its_invented_data_what_the_components_read(client, db):
    assert client.get("/fr/guide/").status_code == 200


def test_every_drawing_offered_for_a_theme_exists():
    assert [drawing for drawing in Pictogram.values if f'id="theme-{drawing}"' not in SPRITE] == []


def test_every_state_of_an_occurrence_has_its_shape():
    assert [state for state in OccurrenceState.values if f'id="state-{state}"' not in SPRITE] == []


def test_every_block_has_a_template():
    for block in body_blocks().child_blocks.values():
        get_template(block.meta.template)


def test_every_page_type_has_a_template():
    ours = [model for model in apps.get_models() if issubclass(model, Page) and model is not Page]

    for model in ours:
        get_template(model.template)


def test_the_font_is_small_and_comes_with_its_licence():
    fonts = list((ROOT / "static/fonts").glob("*.woff2"))

    assert sum(path.stat().st_size for path in fonts) < 30_000
    assert "SIL Open Font License" in (ROOT / "static/fonts/OFL.txt").read_text(encoding="utf-8")


def test_the_scripts_stay_small():
    assert sum(path.stat().st_size for path in (ROOT / "static/js").glob("*.js")) < 12_000
