"""The portal as a browser sees it, and what the browser asked for and complained about meanwhile."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response

# Nothing of a page's own lies there, and each asks no host.
LOCAL_SCHEMES = {"data", "blob", "about"}


class LivePortal:
    """A page of a browser on a running portal.

    At the test's end no other host may have been asked for anything, and neither the console nor the content
    security policy may have complained, unless the test said so with `expect_complaint`.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        self._expected: list[str] = []
        self.watch(page)

    def watch(self, page: Page) -> None:
        """Listen to one more page: a second visitor, for example."""
        page.on("request", self._note_request)
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self.complaints.append(f"error in the page: {error}"))

    def visit(self, path: str, *, page: Page | None = None) -> Response:
        """Open a path of the portal and return the answer."""
        answer = (page or self.page).goto(f"{self.address}{path}")
        assert answer is not None
        return answer

    def follow(self, element: Locator) -> None:
        """Click what leads to another page, and wait until it is there: a click alone does not."""
        with element.page.expect_navigation():
            element.click()

    def log_in(self, username: str, password: str) -> None:
        """Open the admin as that person: on its home, or where it leads them."""
        self.visit("/admin/login/")
        self.page.locator("input[name=username]").fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("form [type=submit]").first.click()
        self.page.wait_for_url(re.compile(rf"^{re.escape(self.address)}/admin/(?!login)"))

    def become(self, username: str, password: str) -> None:
        """Log out, and in as somebody else."""
        self.page.context.clear_cookies()
        self.log_in(username, password)

    def expect_complaint(self, pattern: str) -> None:
        """Accept what matches the regular expression: the console names every 404, for example."""
        self._expected.append(pattern)

    def assert_quiet(self) -> None:
        """Fail on a foreign host, an error of a script, or a refusal by the content security policy."""
        own = urlsplit(self.address).netloc
        assert self.hosts <= {own}, f"asked other hosts: {sorted(self.hosts - {own})}"
        unexpected = [text for text in self.complaints if not any(re.search(known, text) for known in self._expected)]
        assert not unexpected, "\n".join(unexpected)

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES:
            self.hosts.add(parts.netloc)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")
