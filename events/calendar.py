"""Calendar files (iCalendar, RFC 5545)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.utils import timezone, translation
from django.utils.translation import gettext
from icalendar import Calendar, Event, Timezone, vText
from wagtail.models import Page

from events.enums import Attend, OccurrenceStatus
from events.models import Occurrence
from events.part_of import titles_of_wholes
from portal.languages import versions_in

PRODUCT = "-//Resource centre portal//"
STATUS = {
    OccurrenceStatus.TENTATIVE: "TENTATIVE",
    OccurrenceStatus.SCHEDULED: "CONFIRMED",
    OccurrenceStatus.POSTPONED: "CANCELLED",
    OccurrenceStatus.CANCELLED: "CANCELLED",
}
# How often a program that follows a calendar should ask again: RFC 7986, and what older programs read.
REFRESH = datetime.timedelta(hours=6)
REFRESH_WORDS = "PT6H"


@dataclass(frozen=True)
class Summary:
    """What a calendar calls a date in a language, and the page that it leads to."""

    page: Page
    text: str


def occurrence_calendar(
    occurrence: Occurrence, language: str, method: str = "PUBLISH", with_video_link: bool = False
) -> bytes:
    """Return the calendar file of one occurrence whose day is known: see `calendar_of`."""
    return calendar_of([occurrence], language, method=method, with_video_link=with_video_link)


def calendar_of(
    occurrences: Iterable[Occurrence],
    language: str,
    name: str = "",
    method: str = "PUBLISH",
    with_video_link: bool = False,
    summaries: dict[int, Summary] | None = None,
) -> bytes:
    """Return the calendar file of occurrences; those whose day is unknown are left out.

    A UID never changes and SEQUENCE rises with the occurrence's, so that a calendar updates the entry it has.
    `method` is PUBLISH for visitors, REQUEST or CANCEL in messages to participants. The private video link is
    written only for those who hold a place. A `name` makes it one to follow: programs show it, and ask again.
    Who writes many files reads the `summaries` of their dates once, by `summaries_of`.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("X-WR-CALNAME", vText(name))
        calendar.add("X-WR-TIMEZONE", settings.TIME_ZONE)
        calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", REFRESH_WORDS)
    # Always there: a calendar must hold something, even while no date has a day (RFC 5545, section 3.6).
    calendar.add_component(Timezone.from_tzid(settings.TIME_ZONE))
    dated = [occurrence for occurrence in occurrences if occurrence.day]
    known = summaries_of(dated, language) if summaries is None else summaries
    with translation.override(language):
        for occurrence in dated:
            summary = known[occurrence.pk]
            event = _event(occurrence, summary.page, method, with_video_link)
            event.add("summary", summary.text)
            calendar.add_component(event)
    return calendar.to_ical()


def summaries_of(
    occurrences: Iterable[Occurrence], language: str, pages: dict[int, Page] | None = None
) -> dict[int, Summary]:
    """Map the keys of dates to what a calendar calls each: a session names its cycle, one of a series its own note.

    `pages` are those in this language by key of the French one, where they were read already.
    """
    dates = list(occurrences)
    if pages is None:
        keys = [occurrence.page_id for occurrence in dates]
        pages = dict(zip(keys, versions_in((occurrence.page for occurrence in dates), language), strict=True))
    with translation.override(language):
        texts = _texts(dates, pages)
    return {occurrence.pk: Summary(pages[occurrence.page_id], texts[occurrence.pk]) for occurrence in dates}


def _texts(occurrences: list[Occurrence], pages: dict[int, Page]) -> dict[int, str]:
    specific = {page.pk: page for page in Page.objects.filter(pk__in={page.pk for page in pages.values()}).specific()}
    wholes = titles_of_wholes(specific.values())
    keys = {page.translation_key for page in pages.values()}
    counted = Occurrence.objects.filter(page__translation_key__in=keys).order_by().values("page__translation_key")
    counts = dict(counted.annotate(number=Count("pk")).values_list("page__translation_key", "number"))
    texts = {}
    for occurrence in occurrences:
        page = specific[pages[occurrence.page_id].pk]
        is_of_series = getattr(page, "attend", "") == Attend.ANY and counts[page.translation_key] > 1
        own = occurrence.note if is_of_series else wholes.get(page.pk, "")
        texts[occurrence.pk] = f"{page.title} · {own}" if own else page.title
    return texts


def _event(occurrence: Occurrence, page: Page, method: str, with_video_link: bool) -> Event:
    event = Event()
    event.add("uid", f"occurrence-{occurrence.pk}@{_host()}")
    event.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    event.add("sequence", occurrence.calendar_sequence)
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
    elif occurrence.is_online:
        event.add("location", gettext("Online"))
    if occurrence.note:
        event.add("description", occurrence.note)
    return event


def _host() -> str:
    """The host name that makes identifiers ours."""
    return settings.WAGTAILADMIN_BASE_URL.split("//")[-1].split(":")[0].split("/")[0]
