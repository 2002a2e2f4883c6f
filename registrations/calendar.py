"""Calendar files of those who hold a place: the occurrence's own, addressed (RFC 5546), with the private video link."""

from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, vCalAddress, vText

from events.calendar import occurrence_calendar
from events.models import Occurrence
from outbox.services import Attachment
from registrations.links import centre_name
from registrations.models import Participant


def invitation(occurrence: Occurrence, language: str, method: str, participant: Participant | None) -> Attachment:
    """Return the file that a message carries.

    `method` is REQUEST or CANCEL for the `participant` who reads it, PUBLISH for a contact who does not take part.
    """
    calendar = Calendar.from_ical(occurrence_calendar(occurrence, language, method, with_video_link=True))
    for event in calendar.walk("VEVENT"):
        event.add("organizer", _organiser())
        if participant is not None:
            event.add("attendee", _attendee(participant))
    return Attachment(
        name=f"date-{occurrence.pk}.ics",
        content_type=f"text/calendar; method={method}; charset=utf-8",
        content=calendar.to_ical(),
    )


def _organiser() -> vCalAddress:
    organiser = vCalAddress(f"MAILTO:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organiser.params["cn"] = vText(centre_name())
    return organiser


def _attendee(participant: Participant) -> vCalAddress:
    attendee = vCalAddress(f"MAILTO:{participant.email}")
    attendee.params["cn"] = vText(participant.name)
    attendee.params["partstat"] = vText("ACCEPTED")
    attendee.params["rsvp"] = vText("FALSE")
    return attendee
