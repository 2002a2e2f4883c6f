"""Data for search engines: built as data, written so that no title can end its script."""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone

from cycles.models import SessionPage, TrainingCyclePage
from directory.models import PagePerson
from events.enums import OccurrenceStatus, RegistrationMode
from events.models import EventPage, Occurrence
from home.models import NewsPage
from home.services import create_skeleton
from portal.structured_data import ScriptData, missing, node
from tests.factories.directory import PersonFactory, VenueFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.pages import make_page, translate_page

pytestmark = pytest.mark.django_db
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def graph_of(client, page) -> list[dict]:
    [script] = SCRIPT.findall(client.get(page.url).content.decode())
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def parts(graph, kind) -> list[dict]:
    return [part for part in graph if part["@type"] == kind]


@pytest.fixture
def event() -> EventPage:
    create_skeleton()
    return make_page(EventPage, "Journée", summary="Une journée.")


def told(client, event, **fields) -> dict | None:
    make_occurrence(event, **{"venue": VenueFactory(), **fields})
    return next(iter(parts(graph_of(client, event), "Event")), None)


def test_no_title_can_end_the_script(client):
    create_skeleton()
    title = "</script><script>alert(1)</script> <!-- & \u2028"
    news = make_page(NewsPage, title, slug="nouvelle")
    [article] = parts(graph_of(client, news), "Article")
    assert article["headline"] == title
    assert "<script>alert" not in client.get(news.url).content.decode()


def test_a_template_writes_it_as_it_is():
    written = Template("<script>{{ data }}</script>").render(Context({"data": ScriptData({"a": "é<\"'"})}))
    assert written == '<script>{"a": "é\\u003c\\"\'"}</script>'


def test_what_is_empty_is_not_said_and_nothing_is_not_empty():
    assert node("Offer", name="", price=Decimal(0), url=None) == {"@type": "Offer", "price": Decimal(0)}


def test_what_is_missing_is_named_at_any_depth():
    assert missing({"@graph": [{"@type": "Place", "name": "Salle", "address": {"@type": "PostalAddress"}}]}) == [
        "PostalAddress.addressLocality"
    ]


def test_a_date_says_when_where_and_for_how_much(client, event):
    day = make_occurrence(event, venue=VenueFactory(name="La Station", town="Saint-Omer"), price_list=make_price_list())
    [date] = parts(graph_of(client, event), "Event")
    assert date["startDate"] == day.starts_at.isoformat()
    assert date["endDate"] == day.ends_at.isoformat()
    assert date["eventStatus"] == "https://schema.org/EventScheduled"
    assert date["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    [place] = date["location"]
    assert (place["name"], place["address"]["addressLocality"]) == ("La Station", "Saint-Omer")
    offers = {(offer["name"], offer["price"], offer["priceCurrency"], offer["category"]) for offer in date["offers"]}
    assert offers == {
        ("Territoires adhérents", "0.00", "EUR", "Free"),
        ("Autres organismes", "150.00", "EUR", "Paid"),
    }


def test_a_date_without_price_list_is_free_for_everyone(client, event):
    [offer] = told(client, event)["offers"]
    assert (offer["price"], offer["category"]) == ("0", "Free")


def test_a_date_without_hours_says_its_day(client, event):
    date = told(client, event)
    day = Occurrence.objects.get()
    day.half_days.all().delete()
    [date] = parts(graph_of(client, event), "Event")
    assert date["startDate"] == date["endDate"] == day.day.isoformat()


def test_the_private_link_and_the_e_mails_of_people_are_never_told(client, event):
    speaker = PersonFactory(email="camille@example.org")
    event.page_people = [PagePerson(person=speaker, role="speaker")]
    event.save_revision().publish()
    make_occurrence(event, video_link="https://visio.example/secret")
    graph = graph_of(client, event)
    [date] = parts(graph, "Event")
    assert date["location"] == [{"@type": "VirtualLocation", "url": event.full_url}]
    assert date["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert date["performer"] == [{"@type": "Person", "name": str(speaker)}]
    assert "visio.example" not in json.dumps(graph)
    assert "camille@example.org" not in json.dumps(graph)


def test_a_venue_and_a_video_link_are_both_places(client, event):
    date = told(client, event, video_link="https://visio.example/secret")
    assert date["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in date["location"]] == ["Place", "VirtualLocation"]


@pytest.mark.parametrize(
    ("fields", "status", "availability"),
    [
        ({"capacity": 20}, "EventScheduled", "InStock"),
        ({"capacity": 2}, "EventScheduled", "LimitedAvailability"),
        ({"capacity": 0}, "EventScheduled", "SoldOut"),
        ({"registration_mode": RegistrationMode.SAVE_THE_DATE}, "EventScheduled", "PreOrder"),
        ({"registration_opens": timezone.now() + timedelta(days=2)}, "EventScheduled", "PreOrder"),
        ({"registration_closes": timezone.now() - timedelta(days=2)}, "EventScheduled", None),
        ({"status": OccurrenceStatus.CANCELLED}, "EventCancelled", None),
        ({"status": OccurrenceStatus.POSTPONED}, "EventPostponed", None),
        ({"days": -3}, "EventScheduled", None),
    ],
)
def test_the_state_of_a_date_says_whether_one_can_have_a_place(client, event, fields, status, availability):
    date = told(client, event, **fields)
    assert date["eventStatus"] == f"https://schema.org/{status}"
    offered = {offer["availability"] for offer in date.get("offers", [])}
    assert offered == ({f"https://schema.org/{availability}"} if availability else set())


@pytest.mark.parametrize(
    "fields",
    [
        {"status": OccurrenceStatus.TENTATIVE},
        {"status": OccurrenceStatus.TENTATIVE, "days": None},
        {"venue": None},
    ],
)
def test_what_is_not_firm_is_not_told_to_machines(client, event, fields):
    assert told(client, event, **fields) is None


def test_a_cycle_is_a_course_with_the_dates_of_its_sessions(client):
    cycle = make_page(TrainingCyclePage, "Contrats de ville")
    session = make_page(SessionPage, "Gouvernance", cycle)
    make_occurrence(session, venue=VenueFactory(), price_list=make_price_list())
    make_occurrence(session, days=50, video_link="https://visio.example/secret")
    [course] = parts(graph_of(client, cycle), "Course")
    assert [date["courseMode"] for date in course["hasCourseInstance"]] == ["onsite", "online"]
    assert {date["url"] for date in course["hasCourseInstance"]} == {session.full_url}
    of_session = {date["@id"] for date in parts(graph_of(client, session), "Event")}
    assert {date["@id"] for date in course["hasCourseInstance"]} == of_session
    assert len(of_session) == 2
    assert [offer["price"] for offer in course["hasCourseInstance"][0]["offers"]] == ["0.00", "150.00"]
    assert missing(course) == []


def test_in_english_it_speaks_english(client, event):
    make_occurrence(event, venue=VenueFactory())
    english = translate_page(event, {"Journée": "A day"})
    [date] = parts(graph_of(client, english), "Event")
    assert (date["name"], date["inLanguage"], date["url"]) == ("A day", "en", english.full_url)
    assert date["offers"][0]["name"] == "For everyone"


def test_a_copy_of_another_page_says_nothing(client, event):
    from wagtail.models import Locale

    alias = event.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True, alias=True)
    alias.refresh_from_db()
    assert SCRIPT.findall(client.get(alias.url).content.decode()) == []


def test_a_preview_says_nothing(event):
    draft = make_page(EventPage, "Brouillon", live=False)
    response = draft.make_preview_request(preview_mode=draft.default_preview_mode)
    assert SCRIPT.findall(response.render().content.decode() if hasattr(response, "render") else "") == []
