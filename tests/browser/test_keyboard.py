"""The portal without a mouse, and its menu without scripts."""

import pytest

from tests.browser.portal import LivePortal

PHONE = {"width": 360, "height": 780}
without_scripts = pytest.mark.browser_context_args(java_script_enabled=False)
# Where the focus is: what it is, whether a ring of two pixels or more surrounds it, and whether anything covers it.
FOCUS = """() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return {
        name: `${element.tagName} ${element.innerText || element.name || element.id}`.replace(/\\s+/g, " ").trim(),
        where: element.closest(".skip-link, .brand, .languages, .site-menu, .search-form, main, footer, body")
            .classList[0] ?? "body",
        isRinged: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        isCovered: !(seen && (element.contains(seen) || seen.contains(element))),
    };
}"""


def stops(portal: LivePortal, limit: int = 200) -> list[dict]:
    """Press Tab until the page is left; return where the focus was each time."""
    found = []
    for _press in range(limit):
        portal.page.keyboard.press("Tab")
        stop = portal.page.evaluate(FOCUS)
        if stop["name"].startswith("BODY"):
            return found
        found.append(stop)
    raise AssertionError(f"Tab never leaves {portal.page.url}")


@pytest.mark.parametrize("path", ["/fr/", "/fr/formations/", "/en/contact/"])
def test_the_first_tab_leads_past_the_head_of_the_page(live_portal: LivePortal, path: str):
    live_portal.visit(path)
    page = live_portal.page
    page.keyboard.press("Tab")
    link = page.locator(".skip-link:focus")

    assert link.count() == 1
    box = link.bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("path", ["/fr/", "/fr/formations/", "/fr/contact/"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_the_focus_is_always_seen(live_portal: LivePortal, path: str, size: dict):
    live_portal.page.set_viewport_size(size)
    # Without movement: a page that scrolls smoothly would be measured on its way.
    live_portal.page.emulate_media(reduced_motion="reduce")
    live_portal.visit(path)

    found = stops(live_portal)

    assert len(found) > 10
    assert [stop["name"] for stop in found if not stop["isRinged"]] == []
    assert [stop["name"] for stop in found if stop["isCovered"]] == []


def test_tab_reads_a_phone_from_top_to_bottom(live_portal: LivePortal):
    live_portal.page.set_viewport_size(PHONE)
    live_portal.visit("/fr/")

    order = list(dict.fromkeys(stop["where"] for stop in stops(live_portal)))

    assert order == ["skip-link", "brand", "languages", "site-menu", "search-form", "frame", "site-foot"]


def test_the_menu_of_a_phone_opens_and_closes_by_the_keyboard(live_portal: LivePortal):
    page = live_portal.page
    page.set_viewport_size(PHONE)
    live_portal.visit("/fr/")
    links = page.locator(".site-menu a")
    assert not links.first.is_visible()

    page.locator(".site-menu summary").focus()
    page.keyboard.press("Enter")
    assert links.first.is_visible()
    page.keyboard.press("Tab")
    assert links.first.evaluate("link => link === document.activeElement")
    page.keyboard.press("Escape")

    assert not links.first.is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


@without_scripts
def test_the_menu_of_a_phone_leads_on_without_scripts(live_portal: LivePortal):
    page = live_portal.page
    page.set_viewport_size(PHONE)
    live_portal.visit("/fr/")
    assert not page.locator(".site-nav").is_visible()

    page.locator(".site-menu summary").click()
    live_portal.follow(page.locator(".site-menu a", has_text="Formations"))

    page.wait_for_url("**/fr/formations/")
    assert page.locator(".site-menu a[aria-current]").count() == 1


@without_scripts
def test_a_page_that_is_not_translated_explains_itself_without_scripts(live_portal: LivePortal):
    page = live_portal.page
    live_portal.visit("/fr/evenements/visite-regie-de-quartier-roubaix/")
    nearest = page.locator(".languages__panel a[hreflang=en]")
    assert not nearest.is_visible()

    page.locator(".languages summary[lang=en]").click()
    nearest.click()

    page.wait_for_url("**/en/events/")
