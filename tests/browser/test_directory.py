"""The pages of the directory, in both languages: accessible, narrow, and whole without scripts."""

import pytest
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import override

from directory.addresses import url_of
from directory.row_kinds import KINDS
from search.models import SearchEntryFacet
from tests.browser.examination import assert_same_without_scripts, examine
from tests.browser.portal import LivePortal

both_languages = pytest.mark.parametrize("language", ["fr", "en"])


def most_named(kind: str) -> str:
    """Return the address, in the active language, of the row of a kind that most entries name."""
    codes = SearchEntryFacet.objects.filter(name=kind).values_list("code").annotate(total=Count("pk"))
    code, _total = codes.order_by("-total", "code").first()
    return url_of(KINDS[kind].with_codes([code])[0])


@both_languages
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_is_for_everyone(live_portal: LivePortal, browser, kind: str, language: str):
    with override(language):
        address = most_named(kind)

    assert live_portal.visit(address).status == 200

    assert live_portal.page.locator("html").get_attribute("lang") == language
    assert live_portal.page.locator(".reference").count() > 1
    examine(live_portal.page, dark=language == "fr")
    assert_same_without_scripts(live_portal, browser)


@both_languages
def test_the_front_and_a_list_of_the_directory_are_for_everyone(live_portal: LivePortal, browser, language: str):
    with override(language):
        addresses = [reverse("directory:front"), *(reverse(f"directory:{kind}_list") for kind in KINDS)]

    for address in addresses:
        live_portal.visit(address)
        examine(live_portal.page, dark=language == "fr")
    assert_same_without_scripts(live_portal, browser)


def test_all_close_ups_on_a_theme_are_one_click_from_a_card(live_portal: LivePortal):
    close_up = SearchEntryFacet.objects.filter(name="theme", entry__kind="close_up", entry__language="fr").first()
    live_portal.visit(f"{close_up.entry.url}#{close_up.entry.anchor}")
    card = live_portal.page.locator(f"#{close_up.entry.anchor}")
    live_portal.follow(card.locator(".tags a").first)

    live_portal.follow(live_portal.page.locator(".search-kinds a[href*='kind=close_up']"))

    links = live_portal.page.locator(".reference__title a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert f"{close_up.entry.url}#{close_up.entry.anchor}" in links
