"""The tools of the browser's tests notice what they are there to notice."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.examination import assert_same_words, examine
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


SOUND = "<html lang='fr'><title>t</title><meta name='viewport' content='width=device-width'><main>{}</main></html>"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("<h1>Un</h1><h1>Deux</h1>", "main headings"),
        ("<h1> </h1>", "main heading is empty"),
        ("<h1>Un</h1><p style='width: 500px'>Trop large</p>", r"scrolls sideways: \['p\.'\]"),
        ("<h1>Un</h1><p style='background: #fff; color: light-dark(#000, #ccc)'>Trop clair</p>", "color-contrast"),
    ],
)
def test_an_examination_notices_what_a_page_owes(page: Page, content: str, complaint: str):
    page.set_content(SOUND.format(f"<style>:root {{ color-scheme: light dark }}</style>{content}"))

    with pytest.raises(AssertionError, match=complaint):
        examine(page, dark=True)


def test_words_that_only_a_script_writes_are_noticed(page: Page, browser):
    written = SOUND.format("<h1>Bonjour à toutes et tous</h1><script>document.write('Encore')</script>")
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    for shown in (page, plain):
        shown.route("**/*", lambda route: route.fulfill(body=written, content_type="text/html; charset=utf-8"))
        shown.goto("http://localhost:1/")

    with pytest.raises(AssertionError):
        assert_same_words(plain, page)
    assert_same_words(page, page)
    context.close()
