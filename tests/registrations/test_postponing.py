"""A date that is held on another day, known at once or later: everybody keeps their place, and is told."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from events.enums import OccurrenceStatus
from events.models import Occurrence, SeatCounter
from events.models.occurrences import ZONE
from home.roles import EDITOR, PUBLISHER, TRAINING_OFFICER
from outbox.models import Message
from outbox.services import attachments_of
from registrations.messages.announcements import write_what_is_due
from registrations.services import NewDate, NotAllowed, call_off, give_new_date
from tests.factories.directory import VenueFactory
from tests.factories.events import in_days, make_occurrence
from tests.factories.registrations import make_booking, states_of
from tests.roles import sign_in_as

pytestmark = pytest.mark.django_db

POSTPONED = OccurrenceStatus.POSTPONED
NEW = {"status": "new_date", "starts": "10:00", "ends": "16:00"}


def screen(occurrence):
    return reverse("registrations_admin:call_off", args=[occurrence.pk])


def send(client, occurrence, **data):
    return client.post(screen(occurrence), data)


def told(recipient, kind):
    """Return the latest message of a kind, with the method, sequence and day of its calendar file."""
    message = Message.objects.filter(recipient=recipient, kind=f"registration_{kind}").latest("pk")
    (file,) = attachments_of(message)
    calendar = Calendar.from_ical(file.content)
    event = calendar.walk("VEVENT")[0]
    return message, str(calendar["METHOD"]), event["SEQUENCE"], event["DTSTART"].dt.date()


@pytest.mark.parametrize(
    ("role", "allowed"), [(None, False), (EDITOR, False), (PUBLISHER, False), (TRAINING_OFFICER, True)]
)
def test_a_new_day_in_one_step_moves_everything(client, occurrence, role, allowed):
    venue = VenueFactory(town="Lille")
    opens = datetime.datetime.combine(in_days(-20), datetime.time(9), tzinfo=ZONE)
    closes = datetime.datetime.combine(in_days(28), datetime.time(12), tzinfo=ZONE)
    Occurrence.objects.filter(pk=occurrence.pk).update(
        doors=datetime.time(9), registration_opens=opens, registration_closes=closes
    )
    seated = make_booking(occurrence, people=("omar",), language="en")
    data = {**NEW, "day": in_days(51).isoformat(), "venue": venue.pk, "window": "moves", "reason": "A strike"}
    send(sign_in_as(client, role), occurrence, **data)

    now = Occurrence.objects.get(pk=occurrence.pk)
    assert (now.day == in_days(51)) is allowed
    assert states_of(seated) == ["confirmed"]
    if not allowed:
        return
    assert (now.status, now.venue, now.doors) == (OccurrenceStatus.SCHEDULED, venue, datetime.time(9, 30))
    hours = [(row.starts.hour, row.ends.hour) for row in now.ordered_half_days]
    assert hours == [(10, 12), (14, 16)]
    # What has opened stays open; what closes does so two days before, at the same hour of the clock.
    assert now.registration_opens == opens
    assert now.registration_closes == datetime.datetime.combine(in_days(49), datetime.time(12), tzinfo=ZONE)
    assert now.is_open_for_registration()
    assert SeatCounter.objects.get(occurrence=occurrence).taken == 1
    message, *calendar = told("omar@example.org", "changed")
    assert calendar == ["REQUEST", 1, in_days(51)]
    for body in (message.text, message.html):
        assert "A strike" in body
        assert "Lille" in body
        with override("en"):
            assert f"{occurrence.day_label} → {now.day_label}" in re.sub(r"<[^>]+>", "", body)
    assert told("claire@example.org", "changed")[1] == "PUBLISH"


def test_without_a_new_day_nothing_of_the_old_one_is_left_to_act_on(client, occurrence, settings, time_machine):
    """Neither deadline, places, reminder nor «past»: not even once the day it had has gone by."""
    seated = make_booking(occurrence, people=("omar",), language="en")
    old = occurrence.day
    officer = sign_in_as(client, TRAINING_OFFICER)
    send(officer, occurrence, status="postponed", reason="A strike")

    now = Occurrence.objects.with_details().get(pk=occurrence.pk)
    assert (now.status, now.day, now.postponed_from, now.is_past) == (POSTPONED, None, old, False)
    message, *calendar = told("omar@example.org", "postponed")
    assert calendar == ["CANCEL", 1, old]
    assert "as soon as the new date is known" in " ".join(message.text.split())
    page = client.get(now.page.get_url()).content.decode()
    assert "Reportée, nouvelle date à venir" in page
    assert "restante" not in page
    private = client.get(reverse("registrations:booking", args=[seated.booking.token])).content.decode()
    assert "nouvelle date à venir" in private
    assert "peut être rendue ici jusqu" not in private
    Message.objects.all().delete()
    for days in (-5, -1, 1, 10):
        time_machine.move_to(datetime.datetime.combine(old + datetime.timedelta(days), datetime.time(10)))
        assert write_what_is_due() == 0
    client.logout()
    later = client.get(now.page.get_url()).content.decode()
    assert "Reportée, nouvelle date à venir" in later


def test_the_new_day_is_given_later_and_reopens_the_date(client, occurrence, time_machine):
    seated = make_booking(occurrence, people=tuple("abcde"), language="en")
    waiting = make_booking(occurrence, people=("omar",), language="en")
    call_off(occurrence.pk, POSTPONED)
    Occurrence.objects.filter(pk=occurrence.pk).update(capacity=6)
    time_machine.move_to(datetime.datetime.combine(occurrence.day + datetime.timedelta(3), datetime.time(10)))
    officer = sign_in_as(client, TRAINING_OFFICER)
    assert 'value="postponed"' not in officer.get(screen(occurrence)).content.decode()
    assert send(officer, occurrence, **NEW, day=in_days(60).isoformat()).status_code == 302

    now = Occurrence.objects.with_details().get(pk=occurrence.pk)
    assert (now.status, now.day, now.postponed_from) == (OccurrenceStatus.SCHEDULED, in_days(60), None)
    message, *calendar = told("a@example.org", "changed")
    assert calendar == ["REQUEST", 2, in_days(60)]
    with override("en"):
        assert f"{occurrence.day_label} → {now.day_label}" in message.text
    assert "09:30\u00a0– 17:00 → 10:00\u00a0– 16:00" in message.text
    assert Message.objects.filter(kind="registration_changed").count() == 8
    assert states_of(seated) == ["confirmed"] * 5
    assert states_of(waiting) == ["offered"]
    # Sent twice, the form changes nothing more and tells nobody again.
    assert send(officer, occurrence, **NEW, day=in_days(60).isoformat()).status_code == 422
    assert Message.objects.filter(kind="registration_changed").count() == 8


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": ""}, "Donnez le nouveau jour"),
        ({"day": "2020-02-03"}, "Ce jour est passé"),
        ({"day": "2099-02-03"}, "dans plus de trois ans"),
        ({"day": "31/02/2027"}, "date valide"),
        ({"day": "\x00"}, "date valide"),
        ({"starts": "15:00", "ends": "9:00"}, "finit avant de commencer"),
        ({"starts": "", "ends": "16:00"}, "les deux heures"),
        ({"venue": "9" * 30}, "choix"),
        ({"window": "stays"}, "après le jour même"),
        ({"status": "postponed"}, "est saisi ici"),
        ({"status": "x", "window": "y"}, "choix"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_stays(client, session_page, changed, sentence):
    closes = datetime.datetime.combine(in_days(28), datetime.time(12), tzinfo=ZONE)
    occurrence = make_occurrence(session_page, registration_closes=closes)
    data = {**NEW, "day": in_days(20).isoformat(), "window": "moves", "reason": "Une grève", **changed}
    answer = send(sign_in_as(client, TRAINING_OFFICER, language="fr"), occurrence, **data)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Une grève" in page
    assert not data["day"].isprintable() or f'value="{data["day"]}"' in page or not data["day"]
    assert Occurrence.objects.get(pk=occurrence.pk).day == occurrence.day


def test_what_was_cancelled_meanwhile_is_given_no_day(occurrence):
    call_off(occurrence.pk, OccurrenceStatus.CANCELLED)
    with pytest.raises(NotAllowed):
        give_new_date(occurrence.pk, NewDate(in_days(40), None, None))
    assert Occurrence.objects.get(pk=occurrence.pk).day == occurrence.day
