"""The translation editor of wagtail-localize, driven as an editor does."""

import re
from collections.abc import Mapping

from playwright.sync_api import expect
from wagtail.models import Locale, Page

from tests.browser.portal import LivePortal


def translate(live_portal: LivePortal, french: Page, texts: Mapping[str, str]) -> Page:
    """Translate each string of a page by `texts`, which must hold every one; return the English draft."""
    page = live_portal.page
    live_portal.visit(f"/admin/localize/submit/page/{french.pk}/")
    page.locator("form [name=locales]").first.check()
    page.locator("main form [type=submit], #wagtail main form button").last.click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    strings = page.locator("li.incomplete")
    strings.first.wait_for()
    for _string in range(strings.count()):
        left = strings.count()
        string = strings.first
        source = string.locator("p").first.text_content() or ""
        if not string.is_visible():
            # What remains lies under the next tab: the slug.
            page.locator("[role=tab][aria-selected=false]").last.click()
        string.locator("button").last.click()
        page.locator("li.incomplete textarea").fill(texts[source])
        page.keyboard.press("Enter")
        expect(strings).to_have_count(left - 1)
    expect(page.locator("li.complete .icon-spinner")).to_have_count(0)
    return french.get_translation(Locale.objects.get(language_code="en")).specific


def publish_translation(live_portal: LivePortal, english: Page) -> None:
    """Publish an English draft, as who may publish does."""
    page = live_portal.page
    live_portal.visit(f"/admin/pages/{english.pk}/edit/")
    with page.expect_navigation():
        page.locator("footer button[name=action][value=publish]").click()
    english.refresh_from_db()
    assert english.live
