"""What is proposed while one types, by keyboard and by mouse, and the glossary."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from search.models import Term
from tests.browser.examination import assert_same_without_scripts, examine
from tests.browser.portal import LivePortal


def test_titles_are_proposed_to_the_keyboard_and_to_screen_readers(live_portal: LivePortal):
    live_portal.visit("/fr/recherche/?q=contrat")
    field = live_portal.page.locator("#search-again")
    field.fill("")
    field.press_sequentially("quart")
    list_ = live_portal.page.locator(f"#{field.get_attribute('aria-controls')}")
    expect(list_).to_be_visible()
    options = list_.locator("[role=option]")
    number = options.count()
    assert number > 1
    assert all("quart" in words.lower() for words in options.all_inner_texts())
    expect(field.locator("xpath=..").get_by_role("status")).to_have_text(f"{number} suggestions")
    examine(live_portal.page, dark=True)

    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == options.nth(number - 1).get_attribute("id")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(list_).to_be_hidden()
    assert (field.input_value(), field.get_attribute("aria-expanded")) == ("quart", "false")

    field.press_sequentially("i")
    expect(list_).to_be_visible()
    field.press("ArrowDown")
    chosen = options.first.get_attribute("data-url")
    with live_portal.page.expect_navigation():
        field.press("Enter")
    assert live_portal.page.url.endswith(chosen)


def test_a_title_proposed_in_the_head_is_followed_by_the_mouse_and_the_words_are_searched_as_typed(
    live_portal: LivePortal,
):
    live_portal.visit("/en/")
    field = live_portal.page.locator("[data-suggests]").first
    field.press_sequentially("city")
    live_portal.follow(live_portal.page.locator("[role=option]").first)
    assert re.match(rf"{live_portal.address}/en/(?!search)", live_portal.page.url)

    live_portal.visit("/en/")
    field.press_sequentially("city")
    expect(live_portal.page.locator("[role=option]").first).to_be_visible()
    with live_portal.page.expect_navigation():
        field.press("Enter")
    assert live_portal.page.url.endswith("/en/search/?q=city")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_glossary_is_for_everyone(live_portal: LivePortal, browser, language: str):
    with override(language):
        live_portal.visit(reverse("search:glossary"))

    assert live_portal.page.locator("dt").count() == Term.objects.explained().count() > 3
    examine(live_portal.page, dark=language == "fr")
    assert_same_without_scripts(live_portal, browser)
