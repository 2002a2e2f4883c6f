"""The demonstration in a browser, from the address that `make run` prints first."""

import pytest

from demo.loader.logins import PASSWORD, PEOPLE
from tests.browser.axe import assert_accessible


@pytest.mark.parametrize("path", ["/fr/", "/en/"])
def test_the_home_page_is_accessible_and_asks_no_other_host(live_portal, path):
    assert live_portal.visit(path).status == 200

    assert live_portal.page.locator("h1").count() == 1
    assert_accessible(live_portal.page)
    assert live_portal.hosts == {live_portal.address.removeprefix("http://")}


def test_what_one_test_changes_the_next_does_not_see(live_portal):
    live_portal.visit("/")

    assert live_portal.page.url == f"{live_portal.address}/fr/"


def test_each_login_of_the_demonstration_opens_the_admin(live_portal):
    for username in PEOPLE:
        live_portal.page.context.clear_cookies()
        live_portal.log_in(username, PASSWORD)
        assert live_portal.page.locator("#wagtail-sidebar").count() == 1
