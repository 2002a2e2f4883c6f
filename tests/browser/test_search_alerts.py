"""Following a search, as people meet it: its links, one field, a link in a message, one button."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils.translation import override

from alerts.messages import private_path
from alerts.models import Alert
from tests.browser.examination import assert_same_without_scripts, examine
from tests.browser.portal import LivePortal

both_languages = pytest.mark.parametrize("language", ["fr", "en"])


@both_languages
def test_a_search_is_followed_from_its_results_to_the_last_click(live_portal: LivePortal, browser, language: str):
    page = live_portal.page
    with override(language):
        live_portal.visit(f"{reverse('search:results')}?q=urbact")
    links = page.locator(".search-follow__list a")
    for number in range(links.count()):
        address = urlsplit(links.nth(number).get_attribute("href") or "")
        assert page.request.get(f"{live_portal.address}{address.path}?{address.query}").ok
    page.locator(".search-follow summary").click()
    examine(page, dark=True)
    page.locator("#follow-email").fill("camille@example.org")
    live_portal.follow(page.locator(".search-follow button"))
    assert page.locator(".notice--success").is_visible()
    examine(page, dark=True)

    alert = Alert.objects.get(email="camille@example.org")
    for name in ("confirm", "change", "stop"):
        assert live_portal.visit(private_path(alert, name)).status == 200
        examine(page, dark=True)
        assert_same_without_scripts(live_portal, browser)
        live_portal.follow(page.locator("main [type=submit]"))
        examine(page, dark=True)
    assert not Alert.objects.exists()
    live_portal.expect_complaint("404")
    assert live_portal.visit(private_path(alert, "change")).status == 404
    examine(page)


def test_a_form_with_an_error_keeps_what_was_asked_for_everyone(live_portal: LivePortal):
    live_portal.visit("/fr/recherche/?q=urbact")
    live_portal.page.locator(".search-follow summary").click()
    live_portal.page.locator("#follow-email").fill("camille")
    live_portal.expect_complaint("422")
    live_portal.follow(live_portal.page.locator(".search-follow button"))

    assert live_portal.page.locator(".error-summary").is_visible()
    assert live_portal.page.locator("#id_email").input_value() == "camille"
    examine(live_portal.page, dark=True)
