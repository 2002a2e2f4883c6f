"""Every search for other programs: RSS, a calendar, JSON, with what is public and nothing else."""

import re
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree.ElementTree import Element, tostring

import pytest
from defusedxml.ElementTree import fromstring
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction

from directory.models import Venue
from events.models import EventPage, Occurrence
from home.roles import EDITOR
from resources.models import DossierPage
from search import feed_views
from search.engines.elastic.rebuilding import rebuild
from search.models import SearchEntry
from tests.factories.events import make_occurrence
from tests.roles import ADMINISTRATOR, sign_in_as
from tests.search.conftest import Publish
from tests.search.files import pdf, store
from tests.search.pages import dossier
from tests.search.test_results_page import HOSTILE

FORMATS = ("rss", "calendar", "json")


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> None:
    cache.clear()


def address(name: str, language: str = "fr") -> str:
    with translation.override(language):
        return reverse(f"search:{name}")


def channel(client: Client, language: str = "fr", **asked: Any) -> Element:
    found = fromstring(client.get(address("rss", language), asked).content).find("channel")
    assert found is not None
    return found


def titles(client: Client, **asked: Any) -> list[str | None]:
    return [item.findtext("title") for item in channel(client, **asked).iter("item")]


def events_of(client: Client, **asked: Any) -> dict[str, str]:
    """Return the status of each date of a calendar, by its UID."""
    calendar = Calendar.from_ical(client.get(address("calendar"), asked).content)
    return {str(event["uid"]).split("@")[0]: str(event["status"]) for event in calendar.walk("VEVENT")}


def aged(entry: SearchEntry, days: int) -> None:
    SearchEntry.objects.filter(pk=entry.pk).update(appeared_at=timezone.now() - timedelta(days=days))


# What each says


def test_the_addresses_are_those_of_the_language() -> None:
    assert address("rss") == "/fr/recherche/flux.rss"
    assert address("calendar") == "/fr/recherche/agenda.ics"
    assert address("json", "en") == "/en/search/results.json"


def test_a_feed_tells_the_newest_first_with_absolute_addresses(publish: Publish, client: Client) -> None:
    for days, title in ((3, "Formation ancienne"), (1, "Formation neuve"), (9, "Jardin")):
        aged(publish(title, "Une <b> formation" if days < 9 else "Un jardin", summary="Résumé"), days)

    found = channel(client, q="formation")
    item = next(found.iter("item"))

    assert titles(client, q="formation") == ["Formation neuve", "Formation ancienne"]
    assert found.findtext("language") == "fr"
    assert found.findtext("link") == "http://localhost/fr/recherche/?q=formation"
    itself = found.find("{http://www.w3.org/2005/Atom}link")
    assert itself is not None
    assert itself.attrib == {"href": "http://localhost/fr/recherche/flux.rss?q=formation", "rel": "self"}
    assert item.findtext("link", "").startswith("http://localhost/fr/")
    assert item.findtext("pubDate")
    assert "<b>" in item.findtext("description", "")


def test_a_feed_tells_the_day_that_each_page_says_the_latest_first_and_never_one_to_come(
    publish: Publish, client: Client
) -> None:
    now = timezone.localtime()
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    news = {"kind": "news"}
    publish("Formation de mars", starts=day - timedelta(days=20), updated_on=day.date(), **news)
    publish("Formation mise à jour", updated_on=(day - timedelta(days=3)).date())
    publish("Formation d'hier", starts=day - timedelta(days=1), **news)
    aged(publish("Formation annoncée", starts=day + timedelta(days=9), **news), 2)
    aged(publish("Formation sans jour", kind="organisation"), 5)
    aged(publish("Formation en salle", kind="event", starts=day - timedelta(days=1)), 30)

    said = {
        item.findtext("title", ""): parsedate_to_datetime(item.findtext("pubDate", ""))
        for item in channel(client, q="formation").iter("item")
    }

    order = ["d'hier", "annoncée", "mise à jour", "sans jour", "de mars", "en salle"]
    assert list(said) == [f"Formation {words}" for words in order]
    assert said["Formation de mars"] == day - timedelta(days=20)
    assert said["Formation d'hier"].day == (day - timedelta(days=1)).day
    assert said["Formation mise à jour"] == day - timedelta(days=3)
    assert abs(timezone.now() - timedelta(days=30) - said["Formation en salle"]) < timedelta(minutes=5)
    assert max(said.values()) <= now


def test_a_feed_knows_an_entry_again_when_its_words_and_its_address_change(publish: Publish, client: Client) -> None:
    entry = publish("Formation")
    before = next(channel(client, q="formation").iter("item")).findtext("guid")
    SearchEntry.objects.filter(pk=entry.pk).update(title="La formation", url="/fr/ailleurs/")

    item = next(channel(client, q="formation").iter("item"))

    assert (item.findtext("guid"), item.findtext("link")) == (before, "http://localhost/fr/ailleurs/")
    assert "isPermaLink" in str(tostring(item))


def test_a_feed_tells_nothing_near_where_nothing_holds_all_the_words(publish: Publish, client: Client) -> None:
    publish("Formation à Lille")

    assert titles(client, q="formation astronomie") == []
    assert client.get(address("json"), {"q": "formation astronomie"}).json()["relaxed"] is True


def test_a_feed_asks_elasticsearch_for_all_of_it(elastic: str, publish: Publish, client: Client) -> None:
    for days in (3, 1):
        aged(publish(f"Formation {days}"), days)
    rebuild()

    assert titles(client, q="formation") == ["Formation 1", "Formation 3"]
    assert client.get(address("json"), {"q": "formation"}).json()["engine"] == "elasticsearch"


def test_data_tells_what_the_page_tells_page_by_page(publish: Publish, client: Client) -> None:
    for number in range(12):
        publish(f"Formation {number}", "De la formation", kind="news", place="Lille", price="free", places="open")

    found = client.get(address("json"), {"q": "formation", "place": "Lille"}).json()
    last = client.get(found["next"].removeprefix("http://localhost")).json()
    shown = client.get(address("results"), {"q": "formation", "place": "Lille"}).context["results"]

    assert (found["total"], found["page"], found["pages"], found["previous"]) == (12, 1, 2, None)
    assert [row["title"] for row in found["results"]] == [hit.entry.title for hit in shown.hits]
    assert (len(last["results"]), last["next"], last["page"]) == (2, None, 2)
    assert last["previous"] == "http://localhost/fr/recherche/resultats.json?q=formation&place=Lille&page=1"
    assert found["facets"]["place"] == [{"code": "Lille", "label": "Lille", "count": 12, "chosen": True}]
    assert (found["engine"], found["reduced"], found["relaxed"]) == (shown.engine, False, False)
    row = found["results"][0]
    assert row["url"].startswith("http://localhost/fr/")
    assert (row["kind"], row["language"], row["place"], row["price"], row["places"]) == (
        *("news", "fr", "Lille", "free", "open"),
    )
    assert row["excerpt"] == "De la formation"


@pytest.mark.parametrize(
    ("asked", "shown"), [("3", 3), ("0", 1), ("999", 50), ("9999999", 10), ("-1", 10), ("x", 10), ("²", 10)]
)
def test_a_page_of_data_is_bounded(asked: str, shown: int, publish: Publish, client: Client) -> None:
    publish("Formation")

    assert client.get(address("json"), {"q": "formation", "per_page": asked}).json()["per_page"] == shown


# Calendars


def test_a_calendar_tells_the_dates_found_as_the_calendars_of_pages_do(workshop: EventPage, client: Client) -> None:
    occurrence = make_occurrence(workshop, days=30)
    single = client.get(reverse("events:calendar", args=[occurrence.pk])).content

    body = client.get(address("calendar"), {"q": "compostage"}).content

    assert events_of(client, q="compostage") == {f"occurrence-{occurrence.pk}": "CONFIRMED"}
    assert re.search(rb"UID:\S+", single)[0] in body  # type: ignore[index]
    assert "X-WR-CALNAME:Recherche\xa0: compostage".encode() in body


def test_a_calendar_tells_what_was_called_off_to_whoever_has_it(workshop: EventPage, client: Client) -> None:
    make_occurrence(workshop, days=30)
    gone = make_occurrence(workshop, days=31, status="cancelled")

    for kinds in (["event"], ["occurrence"], []):
        assert events_of(client, q="compostage", kind=kinds)[f"occurrence-{gone.pk}"] == "CANCELLED"


def test_a_calendar_keeps_the_dates_that_pass_the_filters_also_below_a_page_found(
    workshop: EventPage, client: Client
) -> None:
    arras = make_occurrence(workshop, days=30, venue=Venue.objects.create(name="Artoilab", town="Arras"))
    make_occurrence(workshop, days=40, venue=Venue.objects.create(name="Le Phénix", town="Lens"))
    day = (arras.day + timedelta(days=2)).isoformat()

    assert len(events_of(client, q="compostage")) == 2
    for asked in ({"place": "Arras"}, {"to": day}):
        assert list(events_of(client, q="compostage", **asked)) == [f"occurrence-{arras.pk}"]
    assert events_of(client, q="compostage", kind="dossier") == {}


# Nothing private


def everything(client: Client, **asked: Any) -> str:
    """Return what the three formats say, without the moments at which they were made."""
    bodies = [client.get(address(name), asked).content for name in FORMATS]
    return feed_views.MADE_AT.sub(b"", b"\n".join(bodies)).decode()


def test_nobody_is_told_of_what_is_private_whatever_their_role(sections: dict[str, Page], workshop: EventPage) -> None:
    public = dossier(sections["resources"], title="Zébulon public")
    dossier(sections["resources"], title="Zébulon brouillon", live=False)
    hidden = dossier(sections["resources"], title="Zébulon restreint")
    workshop.title = "Zébulon atelier"
    workshop.save()
    make_occurrence(workshop, note_fr="Zébulon daté")
    for page in (hidden, workshop):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    public.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True, alias=True)
    collection = Collection.get_first_root_node().add_child(name="Zébulon réservé")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    store("Zébulon document", "z.pdf", pdf(["Zébulon"]), collection)
    assert DossierPage.objects.filter(alias_of__isnull=False).exists()
    assert get_document_model().objects.filter(title="Zébulon document").exists()

    said = {role: everything(sign_in_as(Client(), role), q="zébulon") for role in (None, EDITOR, ADMINISTRATOR)}

    assert said[None] == said[EDITOR] == said[ADMINISTRATOR]
    assert "Zébulon public" in said[None]
    for secret in ("brouillon", "restreint", "atelier", "daté", "document"):
        assert secret not in said[None]
    with translation.override("en"):
        assert "Zébulon" not in everything(Client(), q="zébulon", language="en")


def test_a_date_leaves_the_feeds_with_its_page(workshop: EventPage, client: Client) -> None:
    occurrence = make_occurrence(workshop)
    assert f"occurrence-{occurrence.pk}" in events_of(client, q="compostage")

    workshop.unpublish()

    assert events_of(client, q="compostage") == {}
    assert "Atelier" not in everything(client, q="atelier")
    assert Occurrence.objects.exists()


# Manners


@pytest.mark.parametrize("name", FORMATS)
def test_what_has_not_changed_is_not_sent_again(name: str, workshop: EventPage, client: Client) -> None:
    make_occurrence(workshop)
    asked = {"q": "compostage"}
    first = client.get(address(name), asked)
    again = client.get(address(name), asked, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first["X-Robots-Tag"] == again["X-Robots-Tag"] == "noindex"
    assert "max-age" in first["Cache-Control"]
    # Not by a cache on the way: what becomes private must be gone at once.
    assert "private" in first["Cache-Control"]
    assert not first.cookies
    make_occurrence(workshop, days=50)
    assert client.get(address(name), asked, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", FORMATS)
def test_who_asks_too_often_is_told_when_to_ask_again(
    name: str, db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_views, "READINGS_PER_ADDRESS", 1)
    assert client.get(address(name), {"q": "x"}).status_code == 200

    response = client.get(address(name), {"q": "x"})

    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    assert "dans une heure" in response.content.decode()


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_parameters_are_answered(name: str, publish: Publish, client: Client) -> None:
    publish("Formation à la \uffff politique")
    questions = [{"q": text.encode("utf-8", "surrogatepass")} for text in HOSTILE.values()]
    questions += [
        {
            "kind": "\x00",
            "theme": "\x00",
            "place": "x" * 5000,
            "from": "2027-99-99",
            "to": "\ud83d".encode("utf-8", "surrogatepass"),
        },
        {"q": "formation", "page": "99999999999999999999", "language": "xx", "sort": "\x00", "per_page": "1e9"},
        {"from": "2100-01-01", "to": "1900-01-01"},
        {},
    ]

    for asked in questions:
        response = client.get(address(name), asked)
        assert response.status_code == 200, asked
        if name == "rss":
            assert fromstring(response.content).find("channel") is not None, asked
    assert client.post(address(name), {"q": "x"}).status_code == 405
    assert client.head(address(name), {"q": "formation"}).content == b""


def test_a_calendar_tells_the_dates_in_the_town_asked_for_only(workshop: EventPage, client: Client) -> None:
    lille, arras = (Venue.objects.create(name=f"Salle de {town}", town=town) for town in ("Lille", "Arras"))
    make_occurrence(workshop, days=10, venue=lille)
    asked = make_occurrence(workshop, days=20, venue=arras)
    cache.clear()

    assert set(events_of(client, q="compostage arras")) == {f"occurrence-{asked.pk}"}
