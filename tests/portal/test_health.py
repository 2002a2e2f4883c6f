"""What a supervisor is told."""

import pytest
from django.db import OperationalError, connection

from portal import health


@pytest.mark.django_db
def test_a_portal_that_serves_says_so_and_what_it_knows_of_the_search(client):
    assert client.get("/health/ready").json() == {"status": "ok", "database": "ok", "search": "embedded"}


@pytest.mark.django_db
def test_a_detail_that_cannot_be_told_sends_nobody_away(client, monkeypatch):
    monkeypatch.setitem(health._details, "search", lambda: 1 / 0)

    response = client.get("/health/ready")

    assert (response.status_code, response.json()["search"]) == (200, "unknown")


def test_without_its_database_the_portal_serves_nobody_and_lives(client, monkeypatch):
    def refuse() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)

    assert [client.get(f"/health/{name}").status_code for name in ("ready", "live")] == [503, 200]
