"""The tools of the browser's tests notice what they are there to notice."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.portal import LivePortal


def test_axe_names_an_image_without_alternative_text(page: Page):
    page.set_content("<html lang='fr'><title>t</title><main><img src='data:,' width='9' height='9'></main></html>")

    assert any(line.startswith("image-alt") for line in violations(page))


def test_axe_finds_nothing_on_a_sound_page(page: Page):
    page.set_content("<html lang='fr'><title>t</title><main><h1>Bonjour</h1></main></html>")

    assert violations(page, best_practice=True) == []


def test_a_request_to_another_host_is_noticed(page: Page):
    portal = LivePortal(page, "http://localhost:1")
    page.route("**/*", lambda route: route.abort())
    page.set_content("<img src='http://elsewhere.invalid/i.png'>")
    page.wait_for_load_state("networkidle")

    with pytest.raises(AssertionError, match=r"elsewhere\.invalid"):
        portal.assert_quiet()


def test_a_script_that_fails_is_noticed_unless_expected(page: Page):
    portal = LivePortal(page, "http://localhost:1")
    page.set_content("<script>nonsense()</script>")

    with pytest.raises(AssertionError, match="nonsense"):
        portal.assert_quiet()
    portal.expect_complaint("nonsense")
    portal.assert_quiet()
