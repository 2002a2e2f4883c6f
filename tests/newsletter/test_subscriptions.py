"""Subscribing in two steps and leaving in one; nothing tells who is subscribed, and who left is forgotten."""

import email
import logging
import re
import threading
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from home.models import CentreSettings
from home.services import create_skeleton
from newsletter import services
from newsletter.exports import confirmed_csv
from newsletter.jobs import forget_subscriptions
from newsletter.models import Subscription
from outbox.models import Message
from outbox.services import send_waiting_messages
from search.models import SearchEntry

pytestmark = pytest.mark.django_db
FRENCH, ENGLISH = "/fr/lettre-d-information/", "/en/newsletter/"
INES = "ines@example.org"


@pytest.fixture(autouse=True)
def centre():
    # What earlier tests tried does not count against this one.
    cache.clear()
    return CentreSettings.for_site(create_skeleton()["home"].get_site())


def sign_up(client, address=INES, page=FRENCH, **data):
    return client.post(page, {"email": address, **data})


def only():
    return Subscription.objects.get()


def link(name, message=None):
    """Return the path of a private link in a message."""
    message = message or Message.objects.order_by("-pk").first()
    words = {"confirm": "confirm", "unsubscribe": r"(?:unsubscribe|desabonnement)"}[name]
    return urlsplit(re.search(rf"https?://\S+/{words}\w*/\S+/", message.text)[0]).path


def make(state="confirmed", address=INES, **fields):
    return Subscription.objects.create(email=address, language="fr", state=state, consent_wording="Oui.", **fields)


def days_ago(days):
    return timezone.now() - timedelta(days=days)


# Signing up


def test_signing_up_writes_a_message_and_subscribes_nobody_yet(client):
    response = sign_up(client)
    assert (response.status_code, response["Location"]) == (302, f"{FRENCH}?sent")
    row = only()
    assert (row.email, row.language, row.state, row.confirmed_at) == (INES, "fr", "pending", None)
    assert row.consent_wording.startswith("Nous écrivons à cette adresse")
    message = Message.objects.get()
    assert (message.kind, message.recipient, message.subject) == (
        "newsletter_confirm",
        INES,
        "Confirmez votre abonnement",
    )
    assert link("confirm").startswith("/fr/lettre-d-information/confirmer/")


def test_an_english_visitor_gets_an_english_message_and_english_links(client):
    sign_up(client, page=ENGLISH)
    message = Message.objects.get()
    assert message.subject == "Confirm your subscription"
    assert "Somebody, you perhaps" in message.text
    assert link("confirm").startswith("/en/newsletter/confirm/")
    assert 'lang="en"' in message.html


@pytest.mark.parametrize("state", ["pending", "confirmed", "unsubscribed"])
def test_nothing_tells_what_is_known_of_an_address(client, state):
    fresh = sign_up(client, "autre@example.org")
    make(state)
    known = sign_up(client)
    assert (known.status_code, known["Location"], known.content) == (
        fresh.status_code,
        fresh["Location"],
        fresh.content,
    )
    assert not known.cookies


@pytest.mark.parametrize("other", ["INES@example.org", "Ines@Example.ORG", "ines@example.org "])
def test_an_address_is_subscribed_once_whatever_its_case(client, other):
    sign_up(client)
    sign_up(client, other)
    assert only().email == INES
    assert Message.objects.count() == 1


def test_a_second_sign_up_writes_again_after_an_hour_only(client):
    sign_up(client)
    sign_up(client)
    assert Message.objects.count() == 1
    Subscription.objects.update(written_at=timezone.now() - timedelta(minutes=61))
    sign_up(client)
    assert Message.objects.count() == 2
    assert Subscription.objects.count() == 1


def test_a_subscriber_who_asks_again_is_told_so_by_message(client):
    make("confirmed", confirmed_at=days_ago(3))
    sign_up(client)
    message = Message.objects.get()
    assert message.kind == "newsletter_known"
    assert "/confirmer/" not in message.text
    assert only().state == "confirmed"


def test_who_left_and_comes_back_confirms_again_under_another_secret(client):
    gone = make("unsubscribed", unsubscribed_at=days_ago(2), confirmed_at=days_ago(9))
    sign_up(client)
    row = only()
    assert (row.state, row.unsubscribed_at, row.confirmed_at) == ("pending", None, None)
    assert row.token != gone.token
    assert client.get(f"{FRENCH}confirmer/{gone.token}/").status_code == 404


@pytest.mark.parametrize(
    "address", ["", "personne", "a@b", "a\x00@example.org", "x" * 300 + "@example.org", "é@", "<b>@x"]
)
def test_what_is_no_address_is_refused_with_words(client, address):
    response = sign_up(client, address)
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert not Subscription.objects.exists()


def test_a_robot_that_fills_the_trap_is_thanked_and_forgotten(client):
    assert sign_up(client, website="https://example.org").status_code == 302
    assert not Subscription.objects.exists()
    assert not Message.objects.exists()


def test_too_many_tries_from_one_place_or_for_one_address_are_refused(client, settings):
    for number in range(20):
        assert sign_up(client, f"p{number}@example.org").status_code == 302
    assert sign_up(client, "p20@example.org").status_code == 429
    assert Subscription.objects.count() == 20


def test_one_address_is_asked_for_five_times_an_hour_from_anywhere(client, settings):
    settings.TRUSTED_PROXIES = 1
    statuses = [
        client.post(FRENCH, {"email": INES}, headers={"x-forwarded-for": f"10.0.0.{number}"}).status_code
        for number in range(6)
    ]
    assert statuses == [302] * 5 + [429]


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_engines
def test_two_sign_ups_at_once_make_one_subscription_and_one_message():
    create_skeleton()
    start, errors = threading.Barrier(8), []

    def ask(number):
        start.wait()
        try:
            with translation.override("fr"):
                services.subscribe(INES if number % 2 else INES.upper(), "fr")
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            close_old_connections()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Subscription.objects.count() == 1
    assert Message.objects.count() == 1


# Confirming and leaving


def test_opening_the_link_confirms_nothing_and_the_button_does(client):
    sign_up(client)
    path = link("confirm")
    page = client.get(path)
    assert page.status_code == 200
    assert client.head(path).status_code == 200
    assert only().state == "pending"
    assert INES in page.content.decode()
    assert client.post(path).status_code == 200
    row = only()
    assert row.state == "confirmed"
    assert row.confirmed_at is not None
    first = row.confirmed_at
    assert client.post(path).status_code == 200
    assert only().confirmed_at == first


def test_opening_the_link_to_leave_ends_nothing_and_one_click_does(client):
    row = make("confirmed")
    path = f"{FRENCH}desabonnement/{row.token}/"
    assert client.get(path).status_code == 200
    assert only().state == "confirmed"
    assert client.post(path).status_code == 200
    row = only()
    assert row.state == "unsubscribed"
    assert row.unsubscribed_at is not None
    assert client.post(path).status_code == 200


def test_the_page_to_leave_says_nothing_done_before_the_click(client):
    path = f"{FRENCH}desabonnement/{make('confirmed').token}/"
    asked = client.get(path).content.decode()
    assert "Un clic, et notre lettre n’arrivera plus à ines" in asked
    assert "ne recevra plus" not in asked


def test_a_link_already_used_tells_what_it_did_and_asks_nothing(client):
    sign_up(client)
    confirmation, way_out = link("confirm"), link("unsubscribe")
    client.post(confirmation)
    again = client.get(confirmation).content.decode()
    assert "arrive désormais à ines" in again
    assert '<form class="form"' not in again
    client.post(way_out)
    gone = client.get(way_out).content.decode()
    assert "Nous ne vous écrivons plus" in gone
    assert '<form class="form"' not in gone
    late = client.get(confirmation)
    assert late.status_code == 404
    assert '<form class="form"' not in late.content.decode()


def test_a_mail_program_leaves_without_a_cookie(settings, client):
    """RFC 8058: it posts «List-Unsubscribe=One-Click» to the address of the header."""
    settings.OUTBOX_DELIVERY = True
    sign_up(client)
    Message.objects.update(state="queued")
    message = Message.objects.get()
    assert message.unsubscribe_url.endswith(link("unsubscribe"))
    strict = type(client)(enforce_csrf_checks=True)
    response = strict.post(link("unsubscribe"), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert only().state == "unsubscribed"


@pytest.mark.django_db(transaction=True)
def test_the_message_that_leaves_names_its_way_out(settings):
    settings.OUTBOX_DELIVERY = True
    create_skeleton()
    with translation.override("fr"):
        services.subscribe(INES, "fr")
    assert send_waiting_messages() == 1
    sent = email.message_from_bytes(mail.outbox[0].message().as_bytes())
    assert sent["List-Unsubscribe"].strip() == f"<{Message.objects.get().unsubscribe_url}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_left_is_not_brought_back_by_the_old_link(client):
    sign_up(client)
    path = link("confirm")
    client.post(link("unsubscribe"))
    assert client.post(path).status_code == 404
    assert only().state == "unsubscribed"


@pytest.mark.parametrize("token", ["x", "A" * 43, "a" * 500])
@pytest.mark.parametrize("word", ["confirmer", "desabonnement"])
def test_an_unknown_link_says_so(client, token, word):
    for method in (client.get, client.post):
        response = method(f"{FRENCH}{word}/{token}/")
        assert response.status_code == 404
        assert "Ce lien ne fonctionne plus" in response.content.decode()


def test_private_pages_are_kept_out_of_caches_robots_and_referrers(client):
    response = client.get(f"{FRENCH}confirmer/{make('pending').token}/")
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


# Forgetting


def test_who_never_confirmed_and_who_left_are_forgotten_with_their_messages(client):
    for days, state in ((8, "pending"), (6, "pending"), (400, "confirmed")):
        row = make(state, f"{state}{days}@example.org", asked_at=days_ago(days))
        services.write_message(row)
    for days in (31, 29):
        row = make("unsubscribed", f"left{days}@example.org", asked_at=days_ago(90), unsubscribed_at=days_ago(days))
        services.write_message(row)
    forget_subscriptions()
    left = {"pending6@example.org", "confirmed400@example.org", "left29@example.org"}
    assert set(Subscription.objects.values_list("email", flat=True)) == left
    assert set(Message.objects.values_list("recipient", flat=True)) == left


def test_no_address_reaches_the_logs_or_the_search(client, caplog):
    with caplog.at_level(logging.DEBUG):
        sign_up(client)
        client.post(link("confirm"))
        client.post(link("unsubscribe"))
    logged = " ".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert "ines" not in logged
    assert INES not in str(list(SearchEntry.objects.values()))
    assert INES not in str(only())


# The foot of every page


def test_the_foot_of_a_page_carries_the_form_and_sets_no_cookie(client):
    response = client.get("/fr/")
    html = response.content.decode()
    assert f'action="{FRENCH}"' in html
    assert "csrfmiddlewaretoken" not in html
    assert not response.cookies
    assert 'id="foot-newsletter"' not in client.get(FRENCH).content.decode()


def test_an_outside_newsletter_takes_the_place_of_ours(client, centre):
    centre.newsletter_url = "https://lettre.example.org/"
    centre.save()
    html = client.get("/fr/").content.decode()
    assert 'id="foot-newsletter"' not in html
    assert 'href="https://lettre.example.org/"' in html
    assert 'name="email"' not in client.get(FRENCH).content.decode()


def test_the_page_is_announced_but_not_its_answers(client):
    assert f'hreflang="en" href="http://localhost{ENGLISH}"' in client.get(FRENCH).content.decode()
    assert "noindex" in client.get(f"{FRENCH}?sent").content.decode()
    assert "noindex" in sign_up(client, "x").content.decode()


def test_who_left_and_comes_back_at_once_receives_a_link_that_works(client):
    sign_up(client)
    client.post(link("confirm"))
    client.post(link("unsubscribe"))
    sign_up(client)
    client.post(link("confirm"))
    assert only().state == "confirmed"


def test_the_export_costs_the_same_at_two_sizes():
    def queries_for(number: int) -> int:
        for _each in range(number):
            make("confirmed", f"{uuid4()}@example.org")
        with CaptureQueriesContext(connection) as queries:
            confirmed_csv()
        return len(queries)

    assert queries_for(2) == queries_for(10)
