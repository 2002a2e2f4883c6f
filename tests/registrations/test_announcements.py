"""Around the day of a date: reminder, joining instructions, documents, thanks; each once, at nine in the morning."""

import datetime

import pytest
from django.core.files.base import ContentFile
from icalendar import Calendar
from wagtail.documents.models import Document
from wagtail.models import Collection, ModelLogEntry

from events.enums import DocumentAudience, OccurrenceStatus
from events.models import Occurrence, PageDocument
from events.services import save_occurrence
from outbox.models import Message
from outbox.services import attachments_of
from portal.due import registered_jobs
from registrations.messages import announcements
from registrations.models import Booking
from registrations.services import cancel
from tests.factories.directory import VenueFactory
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, registrations_of
from tests.registrations.threads import all_at_once, errors_in
from tests.search.files import pdf

pytestmark = pytest.mark.django_db

REMINDER, JOINING = "registration_reminder", "registration_joining_instructions"
DOCUMENTS, THANKS = "registration_documents_available", "registration_thanks"


@pytest.fixture(autouse=True)
def settings_of_the_tests(settings):
    settings.REGISTRATION_REMINDER_DAYS, settings.REGISTRATION_JOINING_DAYS = 7, 3


@pytest.fixture
def date(session_page, time_machine):
    """A date on Thursday 4 March 2027, at 9.30, with five places."""
    time_machine.move_to("2027-01-10T12:00:00+01:00", tick=False)
    venue = VenueFactory(access_fr="Cinq minutes à pied.", access_en="Five minutes on foot.")
    return make_occurrence(
        session_page,
        day=datetime.date(2027, 3, 4),
        venue=venue,
        capacity=5,
        video_link="https://video.example.org/secret",
    )


def recipients(kind):
    return sorted(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def run():
    return announcements.write_what_is_due()


def test_the_job_is_known_to_the_clock():
    assert "registrations.jobs.write_around_the_day" in {job.name for job in registered_jobs()}


def test_a_reminder_leaves_at_nine_seven_days_before_once(date, time_machine):
    make_booking(date, people=("omar",))
    time_machine.move_to("2027-02-25T08:59:59+01:00")
    assert run() == 0
    time_machine.move_to("2027-02-25T09:00:00+01:00")
    assert run() == 2
    assert recipients(REMINDER) == ["claire@example.org", "omar@example.org"]
    for later in ("2027-02-25T09:10:00+01:00", "2027-02-28T09:00:00+01:00"):
        time_machine.move_to(later)
        assert run() == 0
    assert attachments_of(Message.objects.filter(kind=REMINDER).first()) == []


@pytest.mark.parametrize(
    ("day", "just_before", "at_nine"),
    [
        # Summer time begins on 28 March 2027, and ended on 25 October 2026.
        (datetime.date(2027, 4, 1), "2027-03-25T07:59:59+00:00", "2027-03-25T08:00:00+00:00"),
        (datetime.date(2027, 4, 4), "2027-03-28T06:59:59+00:00", "2027-03-28T07:00:00+00:00"),
        (datetime.date(2026, 10, 28), "2026-10-21T06:59:59+00:00", "2026-10-21T07:00:00+00:00"),
        (datetime.date(2026, 11, 1), "2026-10-25T07:59:59+00:00", "2026-10-25T08:00:00+00:00"),
        (datetime.date(2028, 3, 7), "2028-02-29T07:59:59+00:00", "2028-02-29T08:00:00+00:00"),
    ],
)
def test_nine_is_nine_on_the_clock_of_the_centre_across_its_changes(
    session_page, time_machine, day, just_before, at_nine
):
    time_machine.move_to("2026-09-01T12:00:00+02:00", tick=False)
    make_booking(make_occurrence(session_page, day=day), people=("omar",))
    time_machine.move_to(just_before)
    assert run() == 0
    time_machine.move_to(at_nine)
    assert run() == 2


def test_only_those_who_hold_a_place_are_written_to(date, time_machine):
    make_booking(date, people=tuple("abcde"))
    make_booking(date, people=("omar",))
    gone = make_booking(make_occurrence(date.page, day=date.day), people=("nora",))
    cancel(registrations_of(gone), actor="contact")
    time_machine.move_to("2027-03-03T09:00:00+01:00")
    run()
    for kind in (REMINDER, JOINING):
        assert not {"omar@example.org", "nora@example.org"} & set(recipients(kind))


def test_who_came_later_than_the_reminder_is_not_reminded_but_told_how_to_come(date, time_machine):
    time_machine.move_to("2027-03-02T10:00:00+01:00")
    make_booking(date, people=("omar",))
    assert run() == 2
    assert recipients(REMINDER) == []
    assert recipients(JOINING) == ["claire@example.org", "omar@example.org"]


def test_a_contact_is_reminded_once_also_when_the_first_of_the_colleagues_leaves(date, time_machine):
    result = make_booking(date, people=("nora", "omar"))
    time_machine.move_to("2027-02-25T09:00:00+01:00")
    run()
    cancel(registrations_of(result)[:1], actor="contact")
    time_machine.move_to("2027-02-25T09:10:00+01:00")
    assert run() == 0


def test_a_date_called_off_or_not_yet_sure_reminds_nobody(date, time_machine):
    make_booking(date, people=("omar",))
    for status in (OccurrenceStatus.POSTPONED, OccurrenceStatus.TENTATIVE):
        row = Occurrence.objects.get(pk=date.pk)
        row.status = status
        save_occurrence(row)
        time_machine.move_to("2027-03-03T09:00:00+01:00")
        assert run() == 0
    time_machine.move_to("2027-03-05T10:00:00+01:00")
    assert run() == 0


def test_a_date_that_moves_is_told_of_again_before_its_new_day(date, time_machine):
    make_booking(date, people=("omar",))
    time_machine.move_to("2027-02-25T09:00:00+01:00")
    run()
    row = Occurrence.objects.get(pk=date.pk)
    row.day = datetime.date(2027, 5, 4)
    save_occurrence(row)
    time_machine.move_to("2027-04-27T09:00:00+02:00")
    assert run() == 2
    assert len(recipients(REMINDER)) == 4


def test_nothing_is_sent_once_the_date_has_begun(date, time_machine):
    make_booking(date, people=("omar",))
    time_machine.move_to("2027-03-04T09:30:00+01:00")
    assert run() == 0


def test_a_negative_number_of_days_means_never(date, time_machine, settings):
    settings.REGISTRATION_REMINDER_DAYS = settings.REGISTRATION_JOINING_DAYS = -1
    make_booking(date, people=("omar",))
    time_machine.move_to("2027-03-04T09:00:00+01:00")
    assert run() == 0


def test_joining_instructions_say_all_that_one_needs_to_come(date, time_machine):
    make_booking(date, people=("omar",), language="en")
    time_machine.move_to("2027-03-01T09:00:00+01:00")
    run()
    message = Message.objects.get(kind=JOINING, recipient="omar@example.org")
    for body in (message.text, message.html):
        for fact in ("1 rue de la Paix", "Five minutes on foot.", "https://video.example.org/secret", "9:30", "14:00"):
            assert fact in body, fact
    calendar = Calendar.from_ical(attachments_of(message)[0].content)
    assert str(calendar["METHOD"]) == "REQUEST"
    assert str(calendar.walk("VEVENT")[0]["ATTENDEE"]) == "MAILTO:omar@example.org"


def test_the_officer_sends_joining_instructions_by_hand_and_the_clock_not_again(date, time_machine):
    make_booking(date, people=("omar",))
    assert announcements.send_joining_instructions(date) == 2
    assert announcements.send_joining_instructions(date) == 0
    time_machine.move_to("2027-03-01T09:00:00+01:00")
    run()
    assert len(recipients(JOINING)) == 2


def test_asked_to_send_them_again_everybody_receives_them_once_more(date, time_machine):
    make_booking(date, people=("omar",))
    announcements.send_joining_instructions(date)
    assert announcements.send_joining_instructions(date, again=True) == 0
    time_machine.shift(datetime.timedelta(hours=1))
    make_booking(date, people=("nora",))
    assert announcements.send_joining_instructions(date, again=True) == 4
    assert announcements.send_joining_instructions(date, again=True) == 0
    assert recipients(JOINING).count("omar@example.org") == 2
    assert recipients(JOINING).count("nora@example.org") == 1
    time_machine.move_to("2027-03-01T09:00:00+01:00")
    run()
    assert recipients(JOINING).count("nora@example.org") == 1


def test_the_officer_tells_that_the_documents_are_there(date, admin_user):
    document = Document(title="Support", collection=Collection.get_first_root_node())
    document.file.save("support.pdf", ContentFile(pdf(["slides"])))
    page = date.page.specific
    page.page_documents.add(
        PageDocument(
            document=document, label_fr="Support", label_en="Slides of the day", audience=DocumentAudience.PARTICIPANTS
        )
    )
    page.save_revision().publish()
    make_booking(date, people=("omar",), language="en")
    assert announcements.announce_documents(date, admin_user) == 2
    contact, participant = (
        Message.objects.get(kind=DOCUMENTS, recipient=f"{name}@example.org") for name in ("claire", "omar")
    )
    for message in (contact, participant):
        for body in (message.text, message.html):
            assert "Slides of the day" in body
            assert "Open the documents" in body
            assert "/en/my-registrations/" in body
    # The secret of the booking is the contact's; whoever takes part asks for a link of their own.
    token = Booking.objects.get().token
    assert token in contact.text
    assert token not in participant.text + participant.html
    assert ModelLogEntry.objects.get(action="registrations.written").data == {
        "event": "documents_available",
        "count": 2,
    }


def test_thanks_leave_the_day_after_at_nine_to_those_who_held_a_place(date, time_machine):
    make_booking(date, people=tuple("abcde"))
    make_booking(date, people=("omar",))
    time_machine.move_to("2027-03-05T08:59:00+01:00")
    assert run() == 0
    time_machine.move_to("2027-03-05T09:00:00+01:00")
    assert run() == 6
    assert "omar@example.org" not in recipients(THANKS)
    time_machine.move_to("2027-03-06T09:00:00+01:00")
    assert run() == 0


def test_after_a_long_rest_nobody_is_thanked_for_what_was_held_long_ago(date, time_machine):
    make_booking(date, people=("omar",))
    time_machine.move_to("2027-03-20T09:00:00+01:00")
    assert run() == 0


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_the_same_minute_write_each_message_once(session_page, time_machine):
    date = make_occurrence(session_page, day=datetime.date(2027, 3, 4))
    make_booking(date, people=tuple(f"p{number}" for number in range(8)))
    time_machine.move_to("2027-03-01T09:00:00+01:00")
    Message.objects.all().delete()

    assert errors_in(all_at_once([run] * 4)) == []
    assert Message.objects.filter(kind=REMINDER).count() == 9
    assert Message.objects.filter(kind=JOINING).count() == 9
