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
    live_portal.page.locator(".member-question button").click()

    assert live_portal.page.locator("#answer").is_visible()
    assert "150" in live_portal.page.locator("#answer").inner_text()
    examine(live_portal.page, dark=language == "fr")
    assert_same_without_scripts(live_portal, browser)


@both_languages
def test_the_newsletter_is_for_everyone_from_the_foot_to_the_last_click(live_portal: LivePortal, language: str):
    page = live_portal.page
    live_portal.visit(f"/{language}/")
    page.locator("#foot-newsletter").fill("camille@example.org")
    page.locator(".foot-newsletter button").click()
    examine(page, dark=True)

    subscription = Subscription.objects.get(email="camille@example.org")
    for name in ("confirm", "unsubscribe"):
        assert live_portal.visit(urlsplit(private_url(subscription, name)).path).status == 200
        examine(page, dark=True)
        page.locator("main [type=submit]").click()
        examine(page, dark=True)
    subscription.refresh_from_db()
    assert subscription.state == "unsubscribed"


def test_a_newsletter_form_with_an_error_is_for_everyone(live_portal: LivePortal):
    live_portal.visit(address("newsletter:subscribe", "fr"))
    live_portal.expect_complaint("422")
    live_portal.page.locator("main [type=submit]").click()

    assert live_portal.page.locator(".error-summary").is_visible()
    examine(live_portal.page, dark=True)
