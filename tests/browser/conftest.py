"""Tests in Debian's Chromium, on a live server that starts from the demonstration."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import playwright
import pytest
from playwright.sync_api import Page
from wagtail.models import Site

from tests.browser.portal import LivePortal
from tests.conftest import MISSING
from tests.database import Template

# Playwright's own download of a browser is not needed; CHROMIUM names another than Debian's.
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
# A browser that talks to nobody but the portal, wherever it is started.
SILENT = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-pings",
]
WAIT_MILLISECONDS = 15_000


def missing_service() -> str:
    """Return what this machine lacks to drive a browser, and how to get it; empty when it lacks nothing."""
    if CHROMIUM is None:
        return "Chromium (on Debian: apt install chromium)"
    # Playwright's driver is a Node.js of its own, which a minimal system may lack a library for.
    node = Path(playwright.__file__).parent / "driver" / "node"
    if subprocess.run([node, "--version"], capture_output=True, check=False).returncode:
        return "what Playwright's driver links to (on Debian: apt install libatomic1)"
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here, and skip it loudly where there is no browser. CI must have one."""
    here = [item for item in items if item.path.is_relative_to(Path(__file__).parent)]
    missing = missing_service() if here else ""
    if missing and os.environ.get("CI") == "true":
        raise pytest.UsageError(f"CI must run the browser's tests, and lacks {missing}")
    for item in here:
        item.add_marker(pytest.mark.browser)
        if missing:
            item.add_marker(pytest.mark.skip(reason=f"{MISSING}: {missing}"))


@pytest.fixture(scope="session", autouse=True)
def _database_beside_playwright() -> None:
    """Let tests read rows while Playwright's event loop runs in the same thread: Django refuses by default.

    It stays for the rest of the process, as that loop does.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser found on this machine. Chromium's sandbox does not start as root."""
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": [*SILENT, *sandbox]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Browse as somebody in Lille does."""
    return {
        **browser_context_args,
        "locale": "fr-FR",
        "timezone_id": "Europe/Paris",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def live_portal(demo_database: Template, live_server: Any, page: Page) -> Iterator[LivePortal]:
    """Open a browser on the demonstration. Fails at the end if a page asked another host or complained."""
    Site.objects.filter(is_default_site=True).update(hostname=live_server.thread.host, port=live_server.thread.port)
    page.set_default_timeout(WAIT_MILLISECONDS)
    portal = LivePortal(page, live_server.url)
    yield portal
    portal.assert_quiet()
