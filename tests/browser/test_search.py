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


@pytest.mark.parametrize(
    ("path", "words"),
    [("/fr/recherche/?q=contrat", "Aller aux résultats"), ("/en/training/?view=calendar", "Skip to the results")],
)
def test_one_link_after_the_field_leads_past_the_choices_to_the_results(live_portal: LivePortal, path: str, words: str):
    live_portal.visit(path)
    page = live_portal.page
    page.locator("#search-form [type=submit]").focus()
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    expect(link).to_have_text(words)
    assert link.bounding_box()["height"] >= 24
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#results :focus")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 768, 960, 1100, 1280])
def test_the_words_of_a_calendar_stay_whole_in_their_day_and_its_links_can_be_hit(live_portal: LivePortal, width: int):
    page = live_portal.page
    page.set_viewport_size({"width": width, "height": 800})
    live_portal.visit("/fr/formations/?view=calendar")
    links = page.locator(".calendar__entry a")
    assert min(link.bounding_box()["height"] for link in links.all()) >= 24
    # With words that may not break, a day too narrow for one would overflow.
    days = page.locator(".calendar__day:has(.calendar__entry)")
    days.evaluate_all("days => days.forEach(day => { day.style.overflowWrap = 'normal'; day.style.hyphens = 'none' })")
    assert days.evaluate_all("days => days.filter(day => day.scrollWidth > day.clientWidth + 1).length") == 0
