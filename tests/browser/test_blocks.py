"""A page that holds every block: for everyone, in both themes, on a phone, on paper, without scripts."""

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect
from pypdf import PdfReader

from events.models import ReportPage
from home.models import StandardPage
from tests.browser.axe import assert_accessible
from tests.browser.examination import assert_same_without_scripts, examine
from tests.browser.portal import LivePortal
from tests.factories.blocks import body_of_examples
from tests.factories.pages import make_page, make_report
from tests.portal.test_blocks import written

FRAME = "https://padlet.com/embed/"
SENTENCE_END = re.compile(r"(?<=[.!?]) ")
NUMBER_OF_SHEET = re.compile(r"^\d+ / \d+")


@pytest.fixture
def report(transactional_db: None) -> ReportPage:
    """A page with one of each block."""
    make_page(StandardPage, "Qui nous sommes")
    return make_report(body=body_of_examples("report"))


@pytest.fixture
def portal(report: ReportPage, live_server, page: Page) -> Iterator[LivePortal]:
    """A browser on that page."""
    portal = LivePortal(page, live_server.url)
    assert portal.visit(report.url).status == 200
    yield portal
    portal.assert_quiet()


def texts_of(report: ReportPage) -> list[str]:
    """Return what an editor wrote in the body."""
    return [text for child in report.body for text in written(child.block, child.value)]


def letters(text: str) -> str:
    """Return a text without its spaces, ligatures and hyphens, which paper sets as it likes."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("-", "").split())


def test_every_block_is_accessible_in_both_themes_and_fits_a_narrow_window(portal: LivePortal):
    assert_accessible(portal.page, best_practice=True)
    examine(portal.page, dark=True)


def test_paper_shows_every_text_what_the_screen_folds_away_included(
    portal: LivePortal, report: ReportPage, tmp_path: Path
):
    pdf = PdfReader(BytesIO(portal.page.pdf(format="A4", path=tmp_path / "blocks.pdf")))
    printed = letters("".join(NUMBER_OF_SHEET.sub("", sheet.extract_text()) for sheet in pdf.pages))
    # A file is read in an order of its own, but never inside a sentence.
    sentences = [sentence for text in texts_of(report) for sentence in SENTENCE_END.split(text)]
    assert [sentence for sentence in sentences if letters(sentence) not in printed] == []


def test_every_block_is_complete_without_scripts(portal: LivePortal, report: ReportPage, browser: Browser):
    assert_same_without_scripts(portal, browser)
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    portal.watch(plain)
    plain.goto(portal.page.url)
    said = letters(plain.locator("main").text_content() or "")
    assert [text for text in texts_of(report) if letters(text) not in said] == []
    folded = plain.locator("details.unfolding").first
    folded.locator("summary").click()
    expect(folded.locator(".rich")).to_be_visible()
    assert plain.get_by_role("link", name="Padlet").is_visible()
    assert plain.locator("[data-offer]:visible").count() == 0
    context.close()


def test_no_request_leaves_before_the_reader_asks_for_another_site(report: ReportPage, live_server, browser: Browser):
    asked: list[Request] = []

    def answer(route: Route) -> None:
        own = route.request.url.startswith(live_server.url)
        if not own:
            asked.append(route.request)
        route.continue_() if own else route.fulfill(body="<p>Un tableau</p>", content_type="text/html")

    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.route("**/*", answer)
    page.goto(f"{live_server.url}{report.url}")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    assert asked == []

    page.get_by_role("button", name="Le tableau de la journée").click()
    frame = page.locator("iframe.other-site__frame")
    expect(frame.content_frame.get_by_text("Un tableau")).to_be_visible()
    expect(frame).to_be_focused()
    assert frame.get_attribute("title") == "Le tableau de la journée"
    assert "allow-top-navigation" not in (frame.get_attribute("sandbox") or "")
    (request,) = asked
    assert request.url.startswith(FRAME)
    assert urlsplit(request.headers["referer"]).path == "/"
    expect(page.get_by_role("status").filter(has_text="Rien ne s’affiche")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Fermer « Le tableau de la journée »").click()
    expect(frame).to_have_count(0)
    expect(page.get_by_role("button", name="Afficher « Le tableau de la journée » ici")).to_be_focused()
    context.close()


def test_a_site_that_does_not_answer_is_named_after_eight_seconds_and_its_link_stays(
    report: ReportPage, live_server, browser: Browser
):
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith(live_server.url) else None)
    page.clock.install()
    page.goto(f"{live_server.url}{report.url}")
    page.get_by_role("button", name="Le tableau de la journée").click()
    silence = page.get_by_role("status").filter(has_text="Padlet ne répond pas pour le moment")
    page.clock.run_for(7_000)
    expect(silence).to_have_count(0)
    page.clock.run_for(1_500)
    expect(silence).to_be_visible()
    expect(page.get_by_role("link", name="Padlet")).to_be_visible()
    context.close()
