"""The admin, driven as an editor does: by its choosers, its rows and its block menu."""

import contextlib
import json
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.documents.texts import Block, Choice, Row, Text
from tests.browser.portal import LivePortal


def _holding(text: str) -> re.Pattern[str]:
    """Return what the stored form of a rich text looks like."""
    return re.compile(re.escape(json.dumps(text, ensure_ascii=False)[1:-1]))


class AdminPages:
    """The page editor of Wagtail. Fields are found by their names, so that the admin's language does not matter."""

    def __init__(self, portal: LivePortal) -> None:
        self.portal = portal
        self.page: Page = portal.page

    def write(self, field: str, value: str) -> None:
        """Type into a field of the form."""
        self.page.locator(f"#{field}").fill(value)

    def choose(self, field: str, words: str) -> None:
        """Choose a row of the directory by searching for it in the chooser of a field."""
        chooser = self.page.locator(f"#{field}-chooser")
        chooser.locator("[data-chooser-action-choose]").first.click()
        self.page.locator(".modal-dialog input[name=q]").fill(words)
        self.page.locator(".modal-dialog [data-chooser-modal-choice]", has_text=words).first.click()
        expect(chooser.locator("[data-chooser-title]")).to_contain_text(words)

    def add_row(self, relation: str) -> str:
        """Add a row to a list of them; return how the names of its fields begin."""
        total = self.page.locator(f"#id_{relation}-TOTAL_FORMS")
        number = int(total.input_value())
        self.page.locator(f"#id_{relation}-ADD").click()
        expect(total).to_have_value(str(number + 1))
        return f"id_{relation}-{number}"

    def add_block(self, words: str) -> Locator:
        """Add a block at the end of the body, found in the menu by its name; return it."""
        count = self.page.locator("#body-root > [data-streamfield-stream-count]")
        number = int(count.input_value())
        self.page.locator("#body-root > [data-streamfield-stream-container] > div > .c-sf-add-button").last.click()
        self.page.locator(".w-combobox input").fill(words)
        self.page.locator(".w-combobox__option", has_text=words).first.click()
        expect(count).to_have_value(str(number + 1))
        return self.page.locator(f"[data-streamfield-child]:has(> [name=body-{number}-type])")

    def fill_body(self, body: list[Block]) -> None:
        """Add the blocks of a document at the end of the body, and fill in each."""
        first = int(self.page.locator("#body-root > [data-streamfield-stream-count]").input_value())
        for number, (name, fields) in enumerate(body, start=first):
            self.add_block(name)
            self.fill(f"body-{number}-value", fields)

    def fill(self, field: str, content: Any) -> None:
        """Fill in a field of a block, or a structure or list of them, in French."""
        if isinstance(content, dict):
            for name, value in content.items():
                self.fill(f"{field}-{name}" if name else field, value)
        elif isinstance(content, list):
            self.add_items(field, len(content))
            for number, value in enumerate(content):
                self.fill(f"{field}-{number}-value", value)
        elif isinstance(content, Row):
            self.choose(field, content.words)
        elif isinstance(content, Choice):
            self.page.locator(f"#{field}").select_option(content.value)
        else:
            self.type(field, content.fr if isinstance(content, Text) else content)

    def type(self, field: str, text: str) -> None:
        """Type a text into a field of a block, rich or plain, and see that the field has it."""
        kept = self.page.locator(f"#{field}")
        is_rich = kept.get_attribute("type") == "hidden"
        box = kept.locator("xpath=..").locator("[contenteditable=true]") if is_rich else kept
        for _attempt in range(3):
            box.fill(text)
            # The clock that opens under an hour would hide what comes next.
            box.press("Tab")
            # A rich text tells its field a moment later, and forgets what was typed while it was being set up.
            with contextlib.suppress(AssertionError):
                expect(kept).to_have_value(_holding(text) if is_rich else text, timeout=5000)
                return
        raise AssertionError(f"{field} does not keep what is typed.")

    def add_items(self, field: str, wanted: int) -> None:
        """Add items to a list inside a block until it has as many as wanted."""
        count = self.page.locator(f"[name='{field}-count']")
        while (number := int(count.input_value())) < wanted:
            button = count.locator("xpath=..").locator(
                "> [data-streamfield-list-container] > button[data-streamfield-list-add]"
            )
            button.last.click()
            with contextlib.suppress(AssertionError):
                expect(count).to_have_value(str(number + 1), timeout=3000)
                continue
            # A click is lost where the page moves under it, as when another field closes its clock: once more.
            button.last.click()
            expect(count).to_have_value(str(number + 1))

    def open_actions(self) -> Locator:
        """Open the menu of what may be done with the page beside saving it; return its buttons."""
        self.page.locator("footer .actions--primary .w-dropdown__toggle").click()
        return self.page.locator("footer .actions--primary button[name]")

    def press_action(self, button: Locator) -> None:
        """Press a button of that menu until the page answers: Wagtail draws the menu again when it saves by itself."""
        loaded = self.page.evaluate("performance.timeOrigin")
        for _attempt in range(3):
            if not button.is_visible():
                self.open_actions()
            button.click()
            try:
                self.page.wait_for_function("loaded => performance.timeOrigin !== loaded", arg=loaded, timeout=15_000)
            except PlaywrightTimeoutError:
                continue
            return
        raise AssertionError("The button does nothing.")

    def save_draft(self) -> None:
        """Save, and wait until the admin says so. Wagtail saves by itself meanwhile, but says less.

        What it is saving of its own accord ends first: on a slow machine that older text would come last, and win.
        """
        self.page.wait_for_load_state("networkidle")
        # Away from an hour, whose open clock may lie over the button.
        self.page.locator("#id_title").focus()
        with self.page.expect_navigation(url=re.compile(r"/admin/pages/\d+/edit/")):
            self.page.locator("footer button.action-save").click()
        self.page.locator(".messages .success").wait_for()
