"""What people receive: to whom, in which language, with which link and which calendar file."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from events.models import Occurrence
from events.services import save_occurrence
from outbox.models import Message
from outbox.services import attachments_of
from registrations.messages.writing import write_messages
from registrations.models import Offer
from registrations.services import Contact, accept_offer, cancel, decline_offer, expire_offers
from tests.factories.directory import VenueFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.pages import make_session, translate_page
from tests.factories.registrations import make_booking, registrations_of

pytestmark = pytest.mark.django_db

CLAIRE = Contact("Claire", "Dubois", "claire@example.org")


def to(recipient, kind="registration_booked"):
    return Message.objects.filter(recipient=recipient, kind__startswith=kind).latest("pk")


def calendars(message):
    return [Calendar.from_ical(file.content) for file in attachments_of(message)]


def test_the_contact_and_each_other_participant_receive_one_message(occurrence):
    make_booking(occurrence, people=("claire", "omar"), contact=CLAIRE)
    assert sorted(Message.objects.values_list("recipient", flat=True)) == ["claire@example.org", "omar@example.org"]


def test_the_private_link_goes_to_the_contact_alone(occurrence, settings):
    result = make_booking(occurrence, people=("claire", "omar"), contact=CLAIRE)

    with override("fr"):
        path = reverse("registrations:booking", args=[result.booking.token])
    contact, participant = to("claire@example.org"), to("omar@example.org")
    assert f"http://localhost{path}" in contact.text
    assert f'href="http://localhost{path}"' in contact.html
    for body in (participant.text, participant.html):
        assert result.booking.token not in body
        assert "Claire Dubois" in body
        assert "claire@example.org" in body


def test_a_message_says_when_where_and_at_what_price(session_page):
    date = make_occurrence(
        session_page,
        venue=VenueFactory(),
        doors=datetime.time(9),
        price_list=make_price_list(),
        day=datetime.date(2027, 3, 4),
    )
    make_booking(date, people=("claire", "omar"), contact=CLAIRE, language="en")
    message = to("claire@example.org")

    assert message.subject == "Registration confirmed: Gouvernance, 4 March 2027"
    for body in (message.text, message.html):
        for fact in (
            "Gouvernance",
            "Thursday 4\u00a0March 2027",
            "1 rue de la Paix",
            "80000 Amiens",
            "€150",
            "€300",
            "Omar Martin",
        ):
            assert fact in body, fact
        assert "doors 09:00" in body or "doors 9:00" in body or "doors 9" in body


def test_the_message_is_in_the_language_of_the_booking_with_the_page_in_it():
    session = make_session("Gouvernance")
    date = make_occurrence(session)
    translate_page(session, {"Gouvernance": "Governance"})

    make_booking(date, people=("ines",), language="en")
    make_booking(date, people=("omar",), language="fr")
    english, french = to("ines@example.org"), to("omar@example.org")
    assert "Governance" in english.text
    assert "/en/" in english.text
    assert 'lang="en"' in english.html
    assert "Gouvernance" in french.text
    assert 'lang="fr"' in french.html


def test_a_page_without_english_version_is_named_in_french_with_a_mention(occurrence):
    make_booking(occurrence, language="en")
    message = to("ines@example.org")
    assert "Gouvernance (in French)" in message.text
    assert 'lang="fr"' in message.html


def test_who_takes_part_is_invited_and_a_contact_who_does_not_is_informed(occurrence):
    make_booking(occurrence, people=("omar",))
    (invited,), (informed,) = calendars(to("omar@example.org")), calendars(to("claire@example.org"))

    assert (str(invited["METHOD"]), str(informed["METHOD"])) == ("REQUEST", "PUBLISH")
    event = invited.walk("VEVENT")[0]
    assert str(event["ATTENDEE"]) == "MAILTO:omar@example.org"
    assert str(event["ORGANIZER"]).startswith("MAILTO:")
    assert "ATTENDEE" not in informed.walk("VEVENT")[0]
    assert event["DTSTART"].dt == occurrence.starts_at


def test_cancelling_takes_the_date_out_of_the_calendar(occurrence):
    result = make_booking(occurrence, people=("omar",))
    row = Occurrence.objects.get(pk=occurrence.pk)
    row.day += datetime.timedelta(days=1)
    save_occurrence(row)
    cancel(registrations_of(result), actor="contact")

    message = to("omar@example.org", "registration_cancelled")
    (calendar,) = calendars(message)
    booked = calendars(to("omar@example.org"))[0].walk("VEVENT")[0]
    event = calendar.walk("VEVENT")[0]
    assert str(calendar["METHOD"]) == "CANCEL"
    assert str(event["STATUS"]) == "CANCELLED"
    assert event["UID"] == booked["UID"]
    assert event["SEQUENCE"] == booked["SEQUENCE"] + 1
    assert attachments_of(message)[0].content_type.startswith("text/calendar; method=CANCEL")


def test_those_who_wait_read_their_number_and_get_no_calendar_file(occurrence):
    make_booking(occurrence, people=tuple("abcde"))
    make_booking(occurrence, people=("omar",), language="en")
    message = to("omar@example.org")
    assert message.subject.startswith("Waiting list:")
    assert "on the waiting list (number 1)" in message.text
    assert attachments_of(message) == []


def test_cancelling_one_of_two_writes_to_the_contact_and_to_that_one_only(occurrence):
    result = make_booking(occurrence, people=("ines", "omar"))
    cancel(registrations_of(result)[1:], actor="contact")

    cancelled = Message.objects.filter(kind="registration_cancelled")
    assert sorted(cancelled.values_list("recipient", flat=True)) == ["claire@example.org", "omar@example.org"]
    assert "Ines" not in cancelled.get(recipient="claire@example.org").text


def test_who_no_longer_takes_part_is_not_told_how_to_cancel(occurrence):
    result = make_booking(occurrence, people=("ines",))
    assert "claire@example.org" in to("ines@example.org").text
    cancel(registrations_of(result), actor="contact")
    told = to("ines@example.org", "registration_cancelled")
    assert "claire@example.org" not in told.text
    assert "claire@example.org" not in told.html


def test_names_cannot_write_html_or_calendar_lines(occurrence):
    from tests.factories.registrations import make_person

    nasty = make_person("omar", first_name='<b>"Omar";:\\', last_name="O'Brien, fils")
    make_booking(occurrence, people=("x",), contact=Contact("<i>Claire</i>", "D", "claire@example.org"))
    from registrations.services import book
    from tests.factories.registrations import make_request

    book(make_request(occurrence, people=("y",)).__class__(**{**make_request(occurrence).__dict__, "people": (nasty,)}))
    html = to("omar@example.org").html
    assert "<b>" not in html
    assert "<i>Claire" not in to("claire@example.org").html + to("x@example.org").html
    assert "&lt;b&gt;" in html
    assert "<b>" in to("omar@example.org").text
    event = calendars(to("omar@example.org"))[0].walk("VEVENT")[0]
    assert str(event["ATTENDEE"]) == "MAILTO:omar@example.org"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_booking_of_several_dates_is_one_message_with_a_file_per_seat(occurrence, language):
    other = make_occurrence(occurrence.page, days=40)
    full = make_occurrence(occurrence.page, days=50, capacity=0)
    make_booking(occurrence, other, full, people=("omar",), language=language)

    assert Message.objects.filter(recipient="omar@example.org").count() == 1
    assert len(attachments_of(to("omar@example.org"))) == 2


def test_the_number_of_readers_costs_no_query(session_page):
    """What the messages of one language share is read once, be they 2 or 21."""
    costs = []
    for size in (1, 20):
        result = make_booking(make_occurrence(session_page), people=tuple(f"p{number}" for number in range(size)))
        rows = registrations_of(result)
        Message.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            assert write_messages("booked", rows) == size + 1
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 13


@pytest.fixture
def offered(occurrence, time_machine):
    """A booking of Omar and Nora by Claire, who are offered places on 10 January 2027 at 10 in the morning."""
    time_machine.move_to("2027-01-10T10:00:00+01:00", tick=False)
    date = make_occurrence(occurrence.page, day=datetime.date(2027, 3, 4), capacity=2)
    first = make_booking(date, people=("a", "b"))
    waiting = make_booking(date, people=("omar", "nora"), language="en")
    cancel(registrations_of(first), actor="contact")
    return waiting


def test_an_offer_says_until_when_in_local_time_and_who_answers(offered):
    contact, participant = (
        to("claire@example.org", "registration_offered"),
        to("omar@example.org", "registration_offered"),
    )
    assert contact.subject == "A place for you, until 12 January 2027, 10:00: Gouvernance"
    for message in (contact, participant):
        assert "held until 12\u00a0January 2027, 10:00" in message.text
        assert attachments_of(message) == []
    assert "Accept or decline the place" in contact.html
    assert offered.booking.token in contact.text
    assert "Claire Dubois answers for you: claire@example.org" in participant.text
    assert offered.booking.token not in participant.text + participant.html


def test_an_offer_accepted_is_confirmed_with_an_invitation(offered):
    accept_offer(Offer.objects.get(booking=offered.booking))
    (calendar,) = calendars(to("omar@example.org", "registration_accepted"))
    assert str(calendar["METHOD"]) == "REQUEST"


def test_an_offer_declined_is_told_to_everybody_once(offered):
    decline_offer(Offer.objects.get(booking=offered.booking))
    told = Message.objects.filter(kind="registration_declined")
    assert sorted(told.values_list("recipient", flat=True)) == [
        "claire@example.org",
        "nora@example.org",
        "omar@example.org",
    ]


def test_an_offer_that_expires_is_told_once_with_its_deadline(offered, time_machine):
    time_machine.move_to("2027-01-12T10:00:00+01:00")
    for _run in range(2):
        expire_offers()
    assert Message.objects.filter(kind="registration_offer_expired").count() == 3
    message = to("omar@example.org", "registration_offer_expired")
    assert "12\u00a0January 2027, 10:00" in message.text
    assert attachments_of(message) == []


def test_one_person_more_costs_a_booking_three_rows_and_nothing_to_read(session_page):
    costs = {}
    for size in (1, 10):
        date = make_occurrence(session_page)
        with CaptureQueriesContext(connection) as queries:
            make_booking(date, people=tuple(f"p{number}" for number in range(size)))
        costs[size] = len(queries)
    assert costs[10] - costs[1] <= 3 * 9
