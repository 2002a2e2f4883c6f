"""The member territories and the newsletter, as people meet them: a question, a link in a message, one button."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils.translation import override

from directory.models import Territory
from newsletter.messages import private_url
from newsletter.models import Subscription
from tests.browser.examination import assert_same_without_scripts, examine
from tests.browser.portal import LivePortal

both_languages = pytest.mark.parametrize("language", ["fr", "en"])


def address(name: str, language: str) -> str:
    with override(language):
        return reverse(name)


@both_languages
def test_whether_mine_is_a_member_is_answered_to_everyone(live_portal: LivePortal, browser, language: str):
    Territory.objects.filter(name="Amiens Métropole").update(latitude="49.89410", longitude="2.29580")
    live_portal.visit(address("events:members", language))
    assert live_portal.page.locator(".region-map__mark").count() > 0
    examine(live_portal.page, dark=language == "fr")

    live_portal.page.locator("#member-question").fill("amiens")
    live_portal.follow(live_portal.page.locator(".member-question button"))

    assert live_portal.page.locator("#answer").is_visible()
    assert "150" in live_portal.page.locator("#answer").inner_text()
    examine(live_portal.page, dark=language == "fr")
    assert_same_without_scripts(live_portal, browser)


@both_languages
def test_the_newsletter_is_for_everyone_from_the_foot_to_the_last_click(live_portal: LivePortal, language: str):
    page = live_portal.page
    live_portal.visit(f"/{language}/")
    page.locator("#foot-newsletter").fill("camille@example.org")
    live_portal.follow(page.locator(".foot-newsletter button"))
    examine(page, dark=True)

    subscription = Subscription.objects.get(email="camille@example.org")
    for name in ("confirm", "unsubscribe"):
        assert live_portal.visit(urlsplit(private_url(subscription, name)).path).status == 200
        examine(page, dark=True)
        live_portal.follow(page.locator("main [type=submit]"))
        examine(page, dark=True)
    subscription.refresh_from_db()
    assert subscription.state == "unsubscribed"


def test_a_newsletter_form_with_an_error_is_for_everyone(live_portal: LivePortal):
    live_portal.visit(address("newsletter:subscribe", "fr"))
    live_portal.expect_complaint("422")
    live_portal.follow(live_portal.page.locator("main [type=submit]"))

    assert live_portal.page.locator(".error-summary").is_visible()
    examine(live_portal.page, dark=True)


def test_on_a_small_phone_the_foot_shows_its_words_whole_and_the_board_its_amounts_in_a_column(live_portal: LivePortal):
    page = live_portal.page
    page.set_viewport_size({"width": 320, "height": 800})
    live_portal.visit(address("events:members", "fr"))
    field = page.locator("#foot-newsletter")
    room, needed = field.evaluate(
        """field => {
          const measure = document.createElement("canvas").getContext("2d");
          measure.font = getComputedStyle(field).font;
          const padding = parseFloat(getComputedStyle(field).paddingInlineStart) * 2;
          return [field.clientWidth - padding, measure.measureText(field.placeholder).width];
        }"""
    )
    assert room >= needed
    line = page.locator(".site-foot li", has=page.locator("a[href^='mailto:']"))
    icon, link = line.locator("svg").bounding_box(), line.locator("a").bounding_box()
    assert icon["x"] + icon["width"] <= link["x"]
    assert icon["y"] < link["y"] + link["height"]
    rows = page.locator(".board__price").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('dd')].map(cell => cell.getBoundingClientRect().x))"
    )
    assert any(len(row) == 2 for row in rows)
    assert all(len(set(row)) == 1 for row in rows)
