"""Calendar files of those who hold a place: the occurrence's own, addressed (RFC 5546), with the private video link."""

from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText
from wagtail.models import Page

from events.calendar import Summary, calendar_of, summaries_of
from events.models import Occurrence
from outbox.services import Attachment
from registrations.models import Participant


class Invitations:
    """The calendar files of the messages of one moment in one language: what they share is read and written once."""

    def __init__(
        self, occurrences: Iterable[Occurrence], language: str, pages: dict[int, Page], centre_name: str
    ) -> None:
        self._pages = pages
        self._occurrences = [occurrence for occurrence in occurrences if occurrence.day]
        self._language = language
        self._centre_name = centre_name
        self._summaries: dict[int, Summary] | None = None
        self._files: dict[tuple[int, str], Calendar] = {}

    def file(self, occurrence: Occurrence, method: str, participant: Participant | None) -> Attachment:
        """Return the file of a date that a message carries.

        `method` is REQUEST or CANCEL for the `participant` who reads it, PUBLISH for a contact who does not take part.
        """
        calendar = self._calendar(occurrence, method)
        for event in calendar.walk("VEVENT"):
            _address(event, participant)
        return Attachment(
            name=f"date-{occurrence.pk}.ics",
            content_type=f"text/calendar; method={method}; charset=utf-8",
            content=calendar.to_ical(),
        )

    def _calendar(self, occurrence: Occurrence, method: str) -> Calendar:
        if self._summaries is None:
            self._summaries = summaries_of(self._occurrences, self._language, self._pages)
        key = (occurrence.pk, method)
        if key not in self._files:
            written = calendar_of(
                [occurrence], self._language, method=method, with_video_link=True, summaries=self._summaries
            )
            self._files[key] = Calendar.from_ical(written)
            for event in self._files[key].walk("VEVENT"):
                event.add("organizer", self._organiser())
        return self._files[key]

    def _organiser(self) -> vCalAddress:
        organiser = vCalAddress(f"MAILTO:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
        organiser.params["cn"] = vText(self._centre_name)
        return organiser


def _address(event: Event, participant: Participant | None) -> None:
    """Write whom an event invites, in the place of whoever it invited before."""
    event.pop("attendee", None)
    if participant is None:
        return
    attendee = vCalAddress(f"MAILTO:{participant.email}")
    attendee.params["cn"] = vText(participant.name)
    attendee.params["partstat"] = vText("ACCEPTED")
    attendee.params["rsvp"] = vText("FALSE")
    event.add("attendee", attendee)
