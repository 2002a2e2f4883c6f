"""An alert is asked for in two steps, changed and stopped by its link alone; nothing tells who has one."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from alerts import services
from alerts.jobs import forget_alerts
from alerts.models import Alert, stored_query
from home.roles import PUBLISHER
from outbox.models import Message
from search.models import SearchEntry, SearchTerm
from tests.alerts.conftest import INES, link, make_alert, publish_since
from tests.roles import ADMINISTRATOR, sign_in_as
from tests.search.test_results_page import HOSTILE

pytestmark = pytest.mark.django_db
FRENCH, ENGLISH = "/fr/recherche/alertes/", "/en/search/alerts/"


def ask(client: Client, search: str = "q=formation", page: str = FRENCH, **data: str):
    return client.post(page, {"email": INES, "frequency": "weekly", "search": search, **data})


def only() -> Alert:
    return Alert.objects.get()


def test_the_results_page_offers_to_follow_what_it_shows(client):
    publish_since("Formation", place="Lille", kind="event")
    html = client.get("/fr/recherche/", {"q": "formation", "place": "Lille"}).content.decode()

    for name in ("flux.rss", "agenda.ics", "resultats.json"):
        assert html.count(f"/fr/recherche/{name}?q=formation&amp;place=Lille") == 2
    assert '<input type="hidden" name="search" value="q=formation&amp;place=Lille">' in html
    assert "csrfmiddlewaretoken" not in html
    assert "search-follow" not in client.get("/fr/recherche/").content.decode()


def test_a_search_without_dates_offers_no_calendar(client):
    publish_since("Formation")

    assert "agenda.ics" not in client.get("/fr/recherche/", {"q": "formation"}).content.decode()


def test_asking_writes_a_message_and_nothing_is_followed_yet(client):
    publish_since("Formation", place="Lille")

    response = ask(client, "place=Lille&q=formation&page=3&sort=date")

    assert response.status_code == 302
    assert "sent" in response["Location"]
    row = only()
    assert (row.query, row.language, row.frequency, row.confirmed_at) == (
        *("q=formation&place=Lille", "fr", "weekly", None),
    )
    assert row.consent_wording.startswith("Nous écrivons à cette adresse")
    message = Message.objects.get()
    assert (message.kind, message.subject) == ("alert_confirm", "Confirmez votre alerte de recherche")
    assert "formation, Lille" in message.text
    assert message.unsubscribe_url.endswith(link("stop"))
    assert "Regardez votre messagerie" in client.get(response["Location"]).content.decode()


def test_opening_the_link_confirms_nothing_and_the_button_does(client):
    ask(client, page=ENGLISH, frequency="daily")
    path = link("confirm")
    page = client.get(path)

    assert (page.status_code, path.startswith("/en/search/alerts/confirm/")) == (200, True)
    assert only().confirmed_at is None
    assert client.post(path).status_code == 200
    row = only()
    assert row.confirmed_at == row.told_until
    assert row.next_at > row.confirmed_at
    assert client.post(path).status_code == 200
    assert only().confirmed_at == row.confirmed_at
    for header, word in (("Cache-Control", "no-store"), ("X-Robots-Tag", "noindex"), ("Referrer-Policy", "no-ref")):
        assert word in page[header]
    assert not page.cookies


@pytest.mark.parametrize("state", ["new", "waiting", "confirmed", "full"])
def test_nothing_tells_what_is_known_of_an_address(client, state):
    if state == "waiting":
        make_alert(confirmed_at=None)
    if state == "confirmed":
        make_alert()
    if state == "full":
        for number in range(services.MOST_ALERTS):
            make_alert(f"q={number}")
    fresh = ask(client, email="autre@example.org")

    known = ask(client)

    assert (known.status_code, known["Location"], known.content) == (302, fresh["Location"], fresh.content)
    kinds = {"confirmed": "alert_known", "full": "alert_full"}
    assert Message.objects.get(recipient=INES).kind == kinds.get(state, "alert_confirm")
    assert Alert.objects.of(INES).count() == (services.MOST_ALERTS if state == "full" else 1)


def test_the_same_search_is_asked_for_once_whatever_its_order_and_the_case_of_the_address(client):
    publish_since("Formation", place="Lille", kind="news")
    publish_since("Formation", place="Arras", kind="event")
    ask(client, "q=formation&place=Lille&place=Arras&kind=news&kind=event")
    ask(client, "kind=event&kind=news&q=formation&place=Arras&place=Lille", email=INES.upper())

    assert only().email == INES
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"email": "personne"}, "name@example.org"),
        ({"email": "a\x00@example.org"}, "error-summary"),
        ({"frequency": "hourly"}, "error-summary"),
        ({"search": ""}, "au moins un mot"),
        ({"search": "theme=inconnu"}, "au moins un mot"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_words_and_kept(client, data, words):
    response = ask(client, **data)

    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    if "search" not in data:
        assert 'value="q=formation"' in response.content.decode()
    assert not Alert.objects.exists()
    assert not Message.objects.exists()


def test_hostile_searches_are_answered(client, monkeypatch):
    monkeypatch.setattr("portal.typed_address.TRIES_PER_ADDRESS", 1000)
    monkeypatch.setattr("portal.typed_address.TRIES_PER_EMAIL", 1000)
    for number, text in enumerate(HOSTILE.values()):
        asked = text.encode("utf-8", "surrogatepass")
        assert client.get(FRENCH, {"q": asked, "from": asked, "theme": asked}).status_code == 200
        for search in (asked, b"q=" + asked):
            response = client.post(FRENCH, {"email": f"p{number}@example.org", "frequency": "daily", "search": search})
            assert response.status_code in (302, 422), text


def test_a_robot_is_thanked_and_forgotten_and_too_many_tries_are_refused(client):
    assert ask(client, website="https://example.org").status_code == 302
    assert not Alert.objects.exists()
    statuses = [ask(client, f"q={number}").status_code for number in range(5)]
    assert statuses == [302] * 4 + [429]


def test_who_has_the_link_changes_how_often_and_stops_with_everything_erased(client):
    alert = make_alert(next_at=services.following(timezone.now(), "weekly"))
    services.write_confirmation(alert)
    change = f"{FRENCH}modifier/{alert.token}/"
    stop = f"{FRENCH}arreter/{alert.token}/"

    assert client.get(change).status_code == 200
    assert client.post(change, {"frequency": "hourly"}).status_code == 422
    assert client.post(change, {"frequency": "daily"}).status_code == 200
    assert (only().frequency, only().next_at) == ("daily", services.following(timezone.now(), "daily"))
    assert client.get(stop).status_code == 200
    assert only().pk == alert.pk
    # A mail program posts there by itself, without a cookie (RFC 8058).
    response = Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, Alert.objects.count(), Message.objects.count()) == (200, 0, 0)
    for path in (change, stop):
        assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)


def test_an_alert_that_waits_cannot_be_changed_into_one_that_is_written_to(client):
    alert = make_alert(confirmed_at=None, next_at=None, told_until=None)

    assert client.post(f"{FRENCH}modifier/{alert.token}/", {"frequency": "daily"}).status_code == 404
    assert only().next_at is None


def test_who_never_confirmed_is_forgotten_after_a_week_and_old_digests_are(client):
    now = timezone.now()
    for days, confirmed in ((8, None), (6, None), (400, now)):
        services.write_confirmation(
            make_alert(f"q={days}", asked_at=now - timedelta(days=days), confirmed_at=confirmed)
        )
    Message.objects.filter(kind="alert_known").update(created_at=now - timedelta(days=31))

    forget_alerts()

    assert set(Alert.objects.values_list("query", flat=True)) == {"q=6", "q=400"}
    assert [message.about.query for message in Message.objects.all()] == ["q=6"]


@pytest.mark.parametrize(
    ("moment", "daily", "weekly"),
    [
        ("2027-02-15 06:59", "2027-02-15", "2027-02-15"),
        ("2027-02-15 07:00", "2027-02-16", "2027-02-22"),
        ("2027-03-27 12:00", "2027-03-28", "2027-03-29"),
    ],
)
def test_news_come_at_seven_in_the_morning_of_the_centre(moment, daily, weekly):
    paris = ZoneInfo("Europe/Paris")
    asked = datetime.fromisoformat(moment).replace(tzinfo=paris)

    for frequency, day in (("daily", daily), ("weekly", weekly)):
        assert services.following(asked, frequency) == datetime.fromisoformat(f"{day} 07:00").replace(tzinfo=paris)


def test_no_address_reaches_the_logs_the_search_or_the_admin(client, caplog):
    with caplog.at_level(logging.DEBUG):
        ask(client)
        client.post(link("confirm"))
        client.post(link("stop"))
    SearchTerm.objects.create(language="fr", form="logement", stem="logement", shown="logement")
    make_alert("q=logement")
    make_alert("q=jean+dupontel+06+12+34+56+78", email="tiers@example.org")
    make_alert("q=terrain+vague", email="autre@example.org", confirmed_at=None)

    logged = " ".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    page = sign_in_as(Client(), ADMINISTRATOR).get("/admin/reports/search-alerts/").content.decode()
    assert "ines" not in logged
    assert INES not in str(list(SearchEntry.objects.values())) + str(only_of(INES))
    assert INES not in page
    assert "logement" in page
    # What may name somebody, and what nobody has confirmed, are not told.
    assert "dupontel" not in page
    assert "vague" not in page
    assert "Mots qui pourraient nommer quelqu’un" in page


def only_of(email: str) -> Alert:
    return Alert.objects.of(email).get()


@pytest.mark.parametrize(("role", "status"), [(None, 302), (PUBLISHER, 302), (ADMINISTRATOR, 200)])
def test_administrators_alone_see_what_is_followed(role, status):
    make_alert()

    assert sign_in_as(Client(), role).get("/admin/reports/search-alerts/").status_code == status


def test_a_stored_search_asks_for_the_same(client):
    publish_since("Formation", place="Lille", kind="event")
    alert = make_alert("q=formation&kind=event&place=Lille&from=2027-03-01")

    assert stored_query(alert.criteria) == alert.query
