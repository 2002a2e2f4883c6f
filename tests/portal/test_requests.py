"""What surrounds every answer: whose address is counted, which language, which headers."""

import pytest
from django.test import RequestFactory

from portal.throttling import client_address, is_throttled
from resources.models import CaseStudyPage
from tests.factories.pages import make_page


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_the_address_counted_is_the_one_that_our_own_proxy_saw(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected


def test_one_visitor_too_many_tries_do_not_stop_another():
    many, other = RequestFactory().get("/", REMOTE_ADDR="192.0.2.8"), RequestFactory().get("/", REMOTE_ADDR="192.0.2.9")
    assert [is_throttled(many, "essai", limit=2, seconds=60) for _try in range(3)] == [False, False, True]
    assert not is_throttled(other, "essai", limit=2, seconds=60)


@pytest.mark.django_db
def test_an_unknown_address_of_the_admin_is_not_looked_for_in_the_site(client, admin_user):
    client.force_login(admin_user)
    assert client.get("/admin/rien/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/fr/", "/en/rien/", "/fr/recherche/"])
def test_public_answers_allow_nothing_but_our_own_files(client, path):
    response = client.get(path, follow=True)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert not response.cookies


@pytest.mark.django_db
def test_the_admin_has_a_policy_of_its_own(client):
    assert "'unsafe-inline'" in client.get("/admin/login/").headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_admin_may_frame_the_preview_of_a_draft(client, admin_user):
    client.force_login(admin_user)
    page = make_page(CaseStudyPage, "Brouillon", live=False)

    policy = client.get(f"/admin/pages/{page.pk}/view_draft/").headers["Content-Security-Policy"]

    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self';" in f"{policy};"
