"""A date that moves or is called off: who is told what, and what their calendars do."""

import datetime

import pytest
from icalendar import Calendar

from directory.models import Venue
from events.enums import OccurrenceStatus
from events.models import HalfDay, Occurrence
from events.services import save_occurrence
from outbox.models import Message
from outbox.services import attachments_of
from registrations.models import Registration, Transition
from tests.factories.directory import VenueFactory
from tests.factories.events import in_days, make_occurrence
from tests.factories.registrations import make_booking, states_of

pytestmark = pytest.mark.django_db

CHANGED, CALLED_OFF, POSTPONED = "registration_changed", "registration_called_off", "registration_postponed"


def change(occurrence, reason="", **fields):
    row = Occurrence.objects.get(pk=occurrence.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    save_occurrence(row, reason=reason)
    return row


def kinds():
    return set(Message.objects.values_list("kind", flat=True))


def recipients(kind):
    return sorted(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def to(recipient, kind):
    return Message.objects.get(recipient=recipient, kind=kind)


def calendar_in(message):
    (file,) = attachments_of(message)
    calendar = Calendar.from_ical(file.content)
    return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


def test_a_new_day_is_told_with_the_old_one_and_moves_the_calendar_entry(occurrence):
    make_booking(occurrence, people=("omar",), language="en")
    booked = calendar_in(to("omar@example.org", "registration_booked_confirmed"))[1]
    old = occurrence.day
    change(occurrence, day=old + datetime.timedelta(days=7))

    message = to("omar@example.org", CHANGED)
    method, event = calendar_in(message)
    assert method == "REQUEST"
    assert event["UID"] == booked["UID"]
    assert event["SEQUENCE"] == booked["SEQUENCE"] + 1
    assert event["DTSTART"].dt.date() == old + datetime.timedelta(days=7)
    assert "STATUS" in event
    assert str(event["STATUS"]) == "CONFIRMED"
    for body in (message.text, message.html):
        assert str(old.year) in body
        assert "Day" in body
        assert "Hours" not in body
    assert recipients(CHANGED) == ["claire@example.org", "omar@example.org"]
    assert calendar_in(to("claire@example.org", CHANGED))[0] == "PUBLISH"


def test_hours_and_place_are_told_too(occurrence):
    make_booking(occurrence, people=("omar",), language="en")
    venue = VenueFactory()
    row = Occurrence.objects.get(pk=occurrence.pk)
    row.venue = venue
    row.half_days = [HalfDay(starts=datetime.time(10), ends=datetime.time(12))]
    save_occurrence(row)

    text = to("omar@example.org", CHANGED).text
    assert "Place" in text
    assert venue.full_address in text
    assert "10:00" in text
    assert "9:30" in text


def test_who_waits_is_told_without_a_calendar_file(occurrence):
    make_booking(occurrence, people=tuple("abcde"))
    make_booking(occurrence, people=("omar",))
    change(occurrence, day=in_days(45))

    assert attachments_of(to("omar@example.org", CHANGED)) == []


def test_the_private_video_link_is_told_to_those_who_take_part_alone(occurrence):
    make_booking(occurrence, people=tuple("abcde"))
    make_booking(occurrence, people=("omar",))
    change(occurrence, video_link="https://video.example.org/secret")

    assert "omar@example.org" not in recipients(CHANGED)
    assert "https://video.example.org/secret" in to("a@example.org", CHANGED).text

    change(occurrence, video_link="https://video.example.org/other", day=in_days(45))
    assert "video.example.org" not in to("omar@example.org", CHANGED).text


def test_what_calendars_do_not_show_is_told_to_nobody(occurrence):
    make_booking(occurrence)
    change(occurrence, capacity=50, note_fr="Prévoir un pique-nique")
    assert CHANGED not in kinds()


def test_a_date_that_is_past_is_told_to_nobody(occurrence, time_machine):
    make_booking(occurrence)
    time_machine.move_to(datetime.datetime.combine(occurrence.day + datetime.timedelta(days=3), datetime.time(12)))
    change(occurrence, venue=VenueFactory())
    change(occurrence, status=OccurrenceStatus.CANCELLED)
    assert kinds() == {"registration_booked_confirmed"}


def test_each_change_is_told_once_and_a_second_one_again(occurrence):
    make_booking(occurrence, people=("omar",))
    change(occurrence, day=in_days(45))
    change(occurrence)
    change(occurrence, capacity=12)
    assert len(recipients(CHANGED)) == 2
    change(occurrence, day=in_days(46))
    assert len(recipients(CHANGED)) == 4
    sequences = [calendar_in(message)[1]["SEQUENCE"] for message in Message.objects.filter(kind=CHANGED).order_by("pk")]
    assert sequences == [1, 1, 2, 2]


def test_a_date_without_day_any_longer_leaves_the_calendars(occurrence):
    make_booking(occurrence, people=("omar",))
    change(occurrence, day=None, status=OccurrenceStatus.TENTATIVE)
    method, event = calendar_in(to("omar@example.org", CHANGED))
    assert (method, str(event["STATUS"]), event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_a_date_cancelled_by_us_cancels_its_registrations_and_proposes_the_others(occurrence, session_page):
    result = make_booking(occurrence, people=("omar",), language="en")
    other = make_occurrence(session_page, days=60, venue=VenueFactory(town="Lille"))
    closed = make_occurrence(session_page, days=70, registration_mode="none")
    booked = calendar_in(to("omar@example.org", "registration_booked_confirmed"))[1]
    change(occurrence, reason="The room is closed", status=OccurrenceStatus.CANCELLED)

    assert states_of(result) == ["cancelled"]
    message = to("omar@example.org", CALLED_OFF)
    method, event = calendar_in(message)
    assert method == "CANCEL"
    assert str(event["STATUS"]) == "CANCELLED"
    assert event["UID"] == booked["UID"]
    assert event["SEQUENCE"] == booked["SEQUENCE"] + 1
    for body in (message.text, message.html):
        assert "The room is closed" in body
        assert "Lille" in body
        assert f"/register/{other.pk}/" in body
        assert f"/register/{closed.pk}/" not in body
        assert f"/register/{occurrence.pk}/" not in body
    assert recipients(CALLED_OFF) == ["claire@example.org", "omar@example.org"]
    assert "registration_cancelled" not in kinds()
    step = Transition.objects.get(to_state="cancelled")
    assert (step.reason, step.actor) == ("The room is closed", "officer")
    occurrence.seat_counter.refresh_from_db()
    assert occurrence.seat_counter.taken == 0


def test_whoever_waits_for_a_cancelled_date_is_told_and_nobody_is_offered_a_place(occurrence):
    make_booking(occurrence, people=tuple("abcde"))
    waiting = make_booking(occurrence, people=("omar",))
    change(occurrence, status=OccurrenceStatus.CANCELLED)

    assert states_of(waiting) == ["cancelled"]
    assert attachments_of(to("omar@example.org", CALLED_OFF)) == []
    assert "registration_offered" not in kinds()


def test_a_postponed_date_keeps_its_registrations_and_leaves_the_calendars_until_it_is_back(occurrence):
    result = make_booking(occurrence, people=("omar",), language="en")
    old = occurrence.day
    change(occurrence, status=OccurrenceStatus.POSTPONED, day=None)

    assert states_of(result) == ["confirmed"]
    message = to("omar@example.org", POSTPONED)
    assert calendar_in(message)[0] == "CANCEL"
    assert str(old.year) in message.subject

    change(occurrence, status=OccurrenceStatus.SCHEDULED, day=in_days(90))
    method, event = calendar_in(to("omar@example.org", CHANGED))
    assert (method, event["SEQUENCE"], str(event["STATUS"])) == ("REQUEST", 2, "CONFIRMED")
    assert event["DTSTART"].dt.date() == in_days(90)


def test_a_change_taken_back_leaves_no_message(occurrence):
    make_booking(occurrence)
    row = Occurrence.objects.get(pk=occurrence.pk)
    row.day = in_days(45)

    def save_then_fail():
        row.save()
        Venue.objects.get(pk=0)

    with pytest.raises(Venue.DoesNotExist):
        save_occurrence(row, save=save_then_fail)
    assert CHANGED not in kinds()
    assert Registration.objects.get().is_active
