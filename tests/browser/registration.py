"""The registration pages, driven as a professional does, with scripts or without."""

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import override
from playwright.sync_api import Locator

from events.models import Occurrence
from tests.browser.portal import LivePortal

# The form takes what comes faster for a robot's.
MILLISECONDS_OF_A_PERSON = 1_100


def address_of(first_name: str, last_name: str) -> str:
    """Return the e-mail address of somebody invented."""
    return f"{slugify(first_name)}.{slugify(last_name)}@example.org"


class RegistrationPages:
    """One visitor's way through the form. Fields are found by their names: their labels are in two languages."""

    def __init__(self, portal: LivePortal, language: str = "fr") -> None:
        self.portal = portal
        self.page = portal.page
        self.language = language

    def open(self, occurrence: Occurrence) -> None:
        """Open the empty form of a date."""
        with override(self.language):
            answer = self.portal.visit(reverse("registrations:register", args=[occurrence.pk]))
        assert answer.status == 200

    def name_contact(self, first_name: str, last_name: str) -> None:
        """Fill in who registers."""
        self.write("contact-first_name", first_name)
        self.write("contact-last_name", last_name)
        self.write("contact-email", address_of(first_name, last_name))

    def find_organisation(self, words: str) -> None:
        """Look for an organisation in the directory."""
        self.write("organisation-query", words)
        self.press("search")

    def choose_organisation(self, words: str) -> None:
        """Choose among what was found."""
        self.page.locator("#organisation .choices label", has_text=words).click()

    def name_participant(self, line: int, first_name: str, last_name: str, email: str | None = None) -> None:
        """Fill in a line, counted from 0."""
        self.write(f"people-{line}-first_name", first_name)
        self.write(f"people-{line}-last_name", last_name)
        self.write(f"people-{line}-email", address_of(first_name, last_name) if email is None else email)
        self.page.locator(f"[name=people-{line}-category]").select_option(index=1)

    def paste_participants(self, names: list[tuple[str, str]]) -> None:
        """Paste a list of colleagues, and say as what each takes part."""
        self.page.locator("details:has([name=pasted]) > summary").click()
        self.write("pasted", "\n".join(f"{first} {last}, {address_of(first, last)}" for first, last in names))
        self.press("paste")
        for line in range(len(names)):
            self.page.locator(f"[name=people-{line}-category]").select_option(index=1)

    def add_participants(self, names: list[tuple[str, str]]) -> None:
        """Fill in a line for each colleague, adding it first."""
        for line, name in enumerate(names):
            if line:
                self.add_line(line)
            self.name_participant(line, *name)

    def add_line(self, line: int) -> None:
        """Add an empty line for a colleague, and wait until it is there: scripts add it in place, else a page does."""
        self.button("add").click()
        self.page.wait_for_selector(f"[name=people-{line}-first_name]")

    def agree(self) -> None:
        """Tick the box of the agreement."""
        self.page.locator("[name=consent-agreed]").check()

    def proceed(self, *, answers: bool = True) -> None:
        """Leave the first step by its large button, and answer what the session asks."""
        self.press("continue")
        if answers and self.page.locator("main button[value=answer]").count():
            self.answer()

    def answer(self) -> None:
        """Answer for everybody so that nothing else is asked, and go on."""
        for choice in self.page.locator("input[value=preparing]").all():
            choice.check()
        self.press("answer")

    def confirm(self) -> None:
        """Confirm the summary, as fast as a person may."""
        self.wait_like_a_person()
        self.press("confirm")
        self.page.wait_for_selector(".summary-list__action")

    def wait_like_a_person(self) -> None:
        """Let the time pass that nobody needs less of."""
        self.page.wait_for_timeout(MILLISECONDS_OF_A_PERSON)

    def press(self, action: str) -> None:
        """Press the button of an action, and wait for the page that it leads to."""
        self.portal.follow(self.button(action))

    def button(self, action: str) -> Locator:
        """Return the button of an action: the visible one, as «continue» has another for the Enter key."""
        return self.page.locator(f"main button[value={action}]:not([aria-hidden])")

    def write(self, name: str, value: str) -> None:
        """Type into the field of a name."""
        self.page.locator(f"[name={name}]").fill(value)

    def written(self, name: str) -> str:
        """Return what the field of a name holds."""
        return self.page.locator(f"[name={name}]").input_value()
