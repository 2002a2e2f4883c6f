"""The subscriptions in the admin: seen and exported by those who may, changed by nobody."""

import csv
import io

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex

from home.roles import EDITOR, PUBLISHER, TRAINING_OFFICER
from newsletter.models import Subscription
from newsletter.services import write_message
from outbox.models import Message
from tests.roles import sign_in_as

pytestmark = pytest.mark.django_db
INES = "ines@example.org"


@pytest.fixture
def log_in(client):
    return lambda role: sign_in_as(client, role)


def make(state, address):
    return Subscription.objects.create(email=address, language="fr", state=state, consent_wording="Oui.")


def address(name, *args):
    return reverse(f"wagtailsnippets_newsletter_subscription:{name}", args=args)


@pytest.mark.parametrize(("role", "may"), [(EDITOR, False), (TRAINING_OFFICER, False), (PUBLISHER, True)])
def test_a_publisher_sees_exports_and_forgets_and_nobody_else_does(log_in, role, may):
    row = make("confirmed", INES)
    client = log_in(role)
    for url in (address("list"), address("export")):
        response = client.get(url)
        assert (response.status_code == 200) is may
        assert (INES in client.get(url, follow=True).content.decode()) is may
    client.post(address("delete", row.pk))
    assert Subscription.objects.exists() is not may


def test_signed_out_one_is_asked_to_sign_in(client):
    for name in ("list", "export"):
        assert "login" in client.get(address(name))["Location"]


def test_not_even_an_administrator_subscribes_somebody_or_changes_what_they_asked(admin_client):
    row = make("pending", INES)
    for path in (f"edit/{row.pk}/", "add/", f"copy/{row.pk}/"):
        assert admin_client.get(f"{address('list')}{path}").status_code == 404
    assert "confirmed" not in set(Subscription.objects.values_list("state", flat=True))
    assert INES in admin_client.get(address("list")).content.decode()


def test_the_export_holds_the_confirmed_ones_only_and_is_no_formula(log_in):
    make("confirmed", "=cmd@example.org")
    make("confirmed", "+33@example.org")
    make("pending", "attente@example.org")
    make("unsubscribed", "partie@example.org")
    response = log_in(PUBLISHER).get(address("export"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["'=cmd@example.org", "'+33@example.org"]
    assert all("/desabonnement/" in row[3] for row in rows[1:])


def test_the_history_keeps_no_address(log_in):
    row = make("confirmed", INES)
    write_message(row)
    client = log_in(PUBLISHER)
    client.get(address("export"))
    client.post(address("delete", row.pk))
    assert ModelLogEntry.objects.get(action="newsletter.export").data == {"rows": 1}
    told = " ".join(f"{entry.label} {entry.data}" for entry in ModelLogEntry.objects.all())
    assert "ines" not in told
    assert not Message.objects.exists()
    assert not ReferenceIndex.objects.filter(content_type__app_label="newsletter").exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_export_of_wagtails_lists_is_ours(log_in, form):
    response = log_in(PUBLISHER).get(address("list"), {"export": form})
    assert response.url == address("export")
