"""Calendar files (iCalendar, RFC 5545)."""

import datetime

from django.conf import settings
from django.utils import timezone, translation
from icalendar import Calendar, Event
from wagtail.models import Page

from events.enums import OccurrenceStatus
from events.models import Occurrence

STATUS = {
    OccurrenceStatus.TENTATIVE: "TENTATIVE",
    OccurrenceStatus.SCHEDULED: "CONFIRMED",
    OccurrenceStatus.POSTPONED: "CANCELLED",
    OccurrenceStatus.CANCELLED: "CANCELLED",
}


def page_in(page: Page, language: str) -> Page:
    """Return a page in a language where it is published in it and no copy, else the page itself."""
    found = Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=language, live=True, alias_of__isnull=True
    ).first()
    return found or page


def occurrence_calendar(
    occurrence: Occurrence, language: str, method: str = "PUBLISH", with_video_link: bool = False
) -> bytes:
    """Return the calendar file of an occurrence whose day is known.

    The UID never changes and SEQUENCE rises with the occurrence's, so that a calendar updates the entry it has.
    `method` is PUBLISH for visitors, REQUEST or CANCEL in messages to participants. The private video link is
    written only for those who hold a place.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Resource centre portal//")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    with translation.override(language):
        calendar.add_component(_event(occurrence, language, method, with_video_link))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(occurrence: Occurrence, language: str, method: str, with_video_link: bool) -> Event:
    page = page_in(occurrence.page, language)
    event = Event()
    event.add("uid", f"occurrence-{occurrence.pk}@{_host()}")
    event.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    event.add("sequence", occurrence.calendar_sequence)
    event.add("summary", page.title)
    event.add("url", page.full_url or "")
    event.add("status", "CANCELLED" if method == "CANCEL" else STATUS[OccurrenceStatus(occurrence.status)])
    if occurrence.has_hours:
        event.add("dtstart", occurrence.starts_at)
        event.add("dtend", occurrence.ends_at)
    else:
        event.add("dtstart", occurrence.day)
    if occurrence.venue:
        event.add("location", occurrence.venue.full_address)
    elif with_video_link and occurrence.video_link:
        event.add("location", occurrence.video_link)
    if occurrence.note:
        event.add("description", occurrence.note)
    return event


def _host() -> str:
    """The host name that makes identifiers ours."""
    return settings.WAGTAILADMIN_BASE_URL.split("//")[-1].split(":")[0].split("/")[0]
