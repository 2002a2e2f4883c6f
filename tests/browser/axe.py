"""Accessibility rules, run inside the page by axe-core."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page, *, best_practice: bool = False, within: str | None = None) -> list[str]:
    """Return one line per element that breaks a rule of WCAG 2.2 level A or AA.

    `best_practice` adds what axe advises beyond the standard; `within` limits the search to a CSS selector.
    """
    tags = [*WCAG_22_AA, "best-practice"] if best_practice else WCAG_22_AA
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    found = Axe().run(page, context=within, options=options).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}{rgaa_tests(rule['tags'])}): "
        f"{' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def rgaa_tests(tags: list[str]) -> str:
    """Return the tests of RGAA 4 that a rule belongs to, as axe names them: «, RGAA-1.1.1»."""
    return "".join(f", {tag}" for tag in tags if tag.startswith("RGAA-"))


def assert_accessible(page: Page, *, best_practice: bool = False) -> None:
    """Fail with every violation of the page, one a line."""
    found = violations(page, best_practice=best_practice)
    assert not found, f"{page.url}\n" + "\n".join(found)
