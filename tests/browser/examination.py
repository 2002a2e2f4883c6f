"""What every public page owes its readers, seen in one load."""

from playwright.sync_api import Browser, Page

from tests.browser.axe import assert_accessible
from tests.browser.portal import LivePortal

DESK = {"width": 1280, "height": 900}
# The width of WCAG 1.4.10: a window of 1280 px whose text was enlarged four times.
NARROW = {"width": 320, "height": 800}
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What sticks out of the window, for the message of a failure: the innermost elements.
CULPRITS = """() => [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .filter((element) => !element.closest(".table-scroll, .visually-hidden"))
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}`).slice(-5)"""


# What is read in the page, but for the offers to show another site in it, which scripts alone can keep.
WORDS = """main => {
    const offers = [...main.querySelectorAll("[data-offer]:not([hidden])")];
    for (const offer of offers) offer.hidden = true;
    const words = main.innerText;
    for (const offer of offers) offer.hidden = false;
    return words;
}"""


def examine(page: Page, *, dark: bool = False) -> None:
    """Fail unless the page shown is accessible, has one main heading and fits a very narrow window.

    `dark` looks a second time, at the narrow page in the dark theme. The page is left as it was.
    """
    headings = page.locator("h1").all_inner_texts()
    assert len(headings) == 1, f"{page.url}: main headings {headings}"
    assert headings[0].strip(), f"{page.url}: the main heading is empty"
    assert_accessible(page)
    page.set_viewport_size(NARROW)
    assert page.evaluate(OVERFLOW) == 0, f"{page.url} scrolls sideways: {page.evaluate(CULPRITS)}"
    if dark:
        # Without movement, or colours would be measured on their way from one theme to the other.
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert_accessible(page)
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    page.set_viewport_size(DESK)


def assert_same_without_scripts(portal: LivePortal, browser: Browser) -> None:
    """Fail unless the page shown says the same to a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, locale="fr-FR", timezone_id="Europe/Paris", viewport=DESK)
    try:
        plain = context.new_page()
        portal.watch(plain)
        plain.goto(portal.page.url)
        assert_same_words(plain, portal.page)
    finally:
        context.close()


def assert_same_words(page: Page, other: Page) -> None:
    """Fail unless two pages say the same, and say something."""
    assert _words(page) == _words(other), f"{page.url} reads otherwise with scripts than without"


def _words(page: Page) -> list[str]:
    words = page.locator("main").evaluate(WORDS).split()
    assert len(words) > 3, f"{page.url} says nothing"
    return words
