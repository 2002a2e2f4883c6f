"""A cycle on paper, a citation to copy, pictures that neither move the page nor weigh more than they must."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader
from wagtail.models import Site

from cycles.models import SessionPage, TrainingCyclePage
from directory.models import PagePerson
from resources.models import CaseStudyPage
from tests.browser.portal import LivePortal
from tests.factories.directory import PersonFactory, VenueFactory
from tests.factories.dossiers import make_dossier
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.images import make_image
from tests.factories.pages import make_page, translate_page
from tests.factories.streams import stored, stored_chapter

# How much the page moved by itself while it loaded: 0 is the promise (web.dev/cls). Pictures alone are judged here:
# on a slow machine the letters come after the text and change its lines a little (`without_fonts`).
LAYOUT_SHIFT = """() => new Promise(resolve => {
  requestAnimationFrame(() => setTimeout(() => {
    let sum = 0;
    const observer = new PerformanceObserver(list => {});
    observer.observe({ type: "layout-shift", buffered: true });
    for (const entry of observer.takeRecords()) sum += entry.value;
    resolve(sum);
  }, 300));
})"""


def without_fonts(portal: LivePortal) -> None:
    """Keep the site's letters away: the page is drawn with those of the machine from the start."""
    portal.page.route("**/*.woff2", lambda route: route.abort())
    portal.expect_complaint("woff2")


@pytest.fixture
def portal(transactional_db: None, live_server: Any, page: Page) -> Iterator[LivePortal]:
    """Open a browser on a portal without the demonstration."""
    opened = LivePortal(page, live_server.url)
    yield opened
    opened.assert_quiet()


def served_here(server: Any) -> None:
    """Have the addresses of the pages begin with the live server's own."""
    Site.objects.filter(is_default_site=True).update(hostname=server.thread.host, port=server.thread.port)
    Site.clear_site_root_paths_cache()


def printed(portal: LivePortal) -> PdfReader:
    return PdfReader(BytesIO(portal.page.pdf(format="A4", prefer_css_page_size=True)))


def test_a_cycle_prints_as_its_leaflet(portal, live_server):
    prices = make_price_list(member=0, non_member=150)
    objectives = json.dumps([stored("objective", "Comprendre le contrat de ville")])
    cycle = make_page(TrainingCyclePage, "Préparer les contrats", objectives=objectives, period="2027")
    for number, town in enumerate(("Amiens", "Arras", "Creil"), 1):
        session = make_page(SessionPage, f"Étape {town}", cycle, stage_number=number)
        make_occurrence(session, days=10 * number, venue=VenueFactory(town=town), price_list=prices)
    contact = PersonFactory()
    cycle.page_people = [PagePerson(person=contact, role="contact")]
    cycle.save_revision().publish()
    english = translate_page(cycle, {"Préparer les contrats": "Preparing the contracts"})
    served_here(live_server)

    portal.visit(cycle.url)
    reader = printed(portal)
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for expected in (
        "Préparer les contrats", "Comprendre le contrat de ville", "Calendrier des séances", "Étape Amiens", "Arras",
        "9 h 30", "150", "gratuit", "Comment s’inscrire", portal.address, contact.label,
    ):  # fmt: skip
        assert expected in text, expected
    for unwanted in ("Rechercher", "Menu", "Vous êtes ici", "Mentions légales", "S’inscrire à la séance"):
        assert unwanted not in text
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == pytest.approx([595, 842], abs=2)

    portal.visit(english.url)
    text = " ".join(printed(portal).pages[0].extract_text().split())
    for expected in ("Preparing the contracts", "Calendar of the sessions", "How to register", "free"):
        assert expected in text, expected
    assert not portal.page.locator(".leaflet").is_visible()


@pytest.mark.parametrize(("width", "widest"), [(1280, 960), (320, 480)])
def test_a_picture_is_modern_fits_and_does_not_move_the_page(portal, live_server, width, widest):
    picture = {"image": make_image(size=(2400, 1500)).pk, "alt_text": "Une marche", "decorative": False}
    block = stored("image", {"picture": picture, "caption": "", "credit": ""})
    dossier = make_dossier("La proximité", body=json.dumps([stored_chapter("Marcher", block)]))
    served_here(live_server)
    portal.page.set_viewport_size({"width": width, "height": 2400})
    without_fonts(portal)

    portal.visit(dossier.url)
    shown = portal.page.locator("figure img")
    shown.evaluate("async image => { await image.decode(); }")
    source = shown.evaluate("image => image.currentSrc")
    assert source.endswith((".avif", ".webp"))
    assert f"width-{widest}." in source
    assert shown.get_attribute("loading") == "lazy"
    assert int(shown.get_attribute("width")) > int(shown.get_attribute("height")) > 0
    assert portal.page.evaluate(LAYOUT_SHIFT) < 0.001
    box = shown.bounding_box()
    assert box["width"] / box["height"] == pytest.approx(1.6, abs=0.02)
    assert box["x"] + box["width"] <= width


def test_of_the_pictures_of_a_list_only_the_first_is_read_at_once(portal, live_server):
    for number in range(3):
        make_page(CaseStudyPage, f"Fiche {number}", listing_image=make_image())
    served_here(live_server)
    without_fonts(portal)
    portal.visit("/fr/ressources/")
    pictures = portal.page.locator(".entry__picture img")
    assert pictures.evaluate_all("all => all.map(one => one.loading)") == ["eager", "lazy", "lazy"]
    assert pictures.evaluate_all("all => all.map(one => one.alt)") == ["", "", ""]
    pictures.first.evaluate("async image => { await image.decode(); }")
    assert pictures.first.evaluate("image => image.currentSrc").endswith((".avif", ".webp"))
    assert portal.page.evaluate(LAYOUT_SHIFT) < 0.001


def test_a_citation_is_copied_by_its_button_and_can_be_selected_without_script(portal, live_server, browser):
    dossier = make_dossier("La proximité")
    served_here(live_server)
    portal.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    portal.visit(dossier.url)
    portal.page.get_by_role("button", name="Copier la citation").click()
    portal.page.get_by_role("button", name="Citation copiée").wait_for()
    copied = portal.page.evaluate("navigator.clipboard.readText()")
    assert "La proximité" in copied
    assert dossier.full_url in copied
    assert "\n" not in copied

    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{portal.address}{dossier.url}")
        assert page.locator("#citation").is_visible()
        assert page.get_by_role("link", name="BibTeX").is_visible()
        assert not page.locator("[data-copies]").is_visible()
