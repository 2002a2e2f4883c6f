"""Draws the screenshots of `docs/screenshots/` from the demonstration, in both themes, on a phone and on a desk.

    python -m pytest tests/browser/screenshots.py

No other run collects this file: its name does not begin with «test». Look at every picture before committing it.
"""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from events.models import Occurrence
from tests.browser.portal import LivePortal
from tests.browser.registration import RegistrationPages

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "screenshots"
# Width of the window → the height after which a long page is cut.
SIZES = {360: 2000, 1280: 1600}
SCHEMES = ("light", "dark")
COLOURS = 256
MAXIMUM_BYTES = 4_000_000
PATHS = {
    "home-fr": "/fr/",
    "home-en": "/en/",
    "cycle-fr": "/fr/formations/preparer-les-nouvelles-contractualisations/",
    "case-study-fr": "/fr/ressources/citoyennete-des-personnes-migrantes-val-de-marne/",
    "search-fr": "/fr/recherche/?q=quartiers",
}


@pytest.mark.parametrize("name", PATHS)
def test_draw_a_page(live_portal: LivePortal, name: str) -> None:
    assert live_portal.visit(PATHS[name]).status == 200
    draw(live_portal, name)


def test_draw_the_registration_form(live_portal: LivePortal) -> None:
    steps = RegistrationPages(live_portal)
    steps.open(Occurrence.objects.get(page__slug="etape-4-gouvernance-et-partenariats"))
    steps.name_contact("Nora", "Benali")
    steps.find_organisation("Amiens")
    steps.choose_organisation("Amiens Métropole")
    draw(live_portal, "registration-fr")


def test_the_pictures_stay_light() -> None:
    assert sum(picture.stat().st_size for picture in FOLDER.glob("*.png")) < MAXIMUM_BYTES


def draw(portal: LivePortal, name: str) -> None:
    """Write the page shown in each size and theme, from its top."""
    page = portal.page
    page.evaluate("document.activeElement.blur()")
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate("scrollTo(0, 0)")
            page.evaluate("document.fonts.ready")
            drawn = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
            kept = drawn.crop((0, 0, drawn.width, min(drawn.height, height)))
            FOLDER.mkdir(parents=True, exist_ok=True)
            # Few colours: the pages are flat, and the repository keeps every version of a picture.
            kept.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
                FOLDER / f"{name}-{width}-{scheme}.png", optimize=True
            )
