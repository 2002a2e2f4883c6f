"""Every component in every state: readable, reachable, within the width of a small phone, in both themes."""

import pytest

from tests.browser.axe import assert_accessible
from tests.browser.portal import LivePortal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.look.urls")]

OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def guide(live_server, page):
    portal = LivePortal(page, live_server.url)
    yield portal
    portal.assert_quiet()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_is_accessible(guide, width, scheme):
    guide.page.set_viewport_size({"width": width, "height": 900})
    guide.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    assert guide.visit("/fr/guide/").status == 200

    assert_accessible(guide.page, best_practice=True)


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
def test_nothing_is_wider_than_the_window(guide, width):
    guide.page.set_viewport_size({"width": width, "height": 900})
    guide.visit("/fr/guide/")

    assert guide.page.evaluate(OVERFLOW) == 0


def test_text_twice_as_large_still_fits_a_window(guide):
    guide.page.set_viewport_size({"width": 1280, "height": 900})
    guide.visit("/fr/guide/")
    guide.page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert guide.page.evaluate(OVERFLOW) == 0


def test_a_form_with_errors_starts_at_their_summary(guide):
    guide.visit("/fr/guide/")

    assert guide.page.evaluate("document.activeElement.className") == "error-summary"


def test_a_page_that_does_not_exist_is_accessible_and_its_first_tab_leads_to_the_content(guide):
    guide.expect_complaint("404")
    assert guide.visit("/fr/rien-ici/").status == 404

    assert_accessible(guide.page, best_practice=True)
    guide.page.keyboard.press("Tab")
    assert guide.page.evaluate("document.activeElement.hash") == "#content"


def test_nothing_moves_for_those_who_ask_for_it(guide):
    guide.page.emulate_media(reduced_motion="reduce")
    guide.visit("/fr/guide/")

    assert guide.page.evaluate("document.getAnimations().length") == 0
    assert guide.page.locator(".button").first.evaluate("it => getComputedStyle(it).transitionDuration") == "0s"
