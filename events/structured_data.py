"""Dates as search engines read them (JSON-LD, see `portal.structured_data`)."""

import datetime
from typing import Any

from django.utils.translation import gettext
from wagtail.models import Page

from directory.models import Organisation, Person, Venue
from events.enums import OccurrenceState, OccurrenceStatus
from events.models.occurrences import Occurrence
from portal.structured_data import CONTEXT, Node, centre_of, node, picture_of

STATUS = {
    OccurrenceStatus.SCHEDULED: f"{CONTEXT}/EventScheduled",
    OccurrenceStatus.POSTPONED: f"{CONTEXT}/EventPostponed",
    OccurrenceStatus.CANCELLED: f"{CONTEXT}/EventCancelled",
}
# Whether one can have a place: only the states in which something is offered.
AVAILABILITY = {
    OccurrenceState.OPEN: f"{CONTEXT}/InStock",
    OccurrenceState.BY_APPROVAL: f"{CONTEXT}/InStock",
    OccurrenceState.ELSEWHERE: f"{CONTEXT}/InStock",
    OccurrenceState.NO_REGISTRATION: f"{CONTEXT}/InStock",
    OccurrenceState.FEW_LEFT: f"{CONTEXT}/LimitedAvailability",
    OccurrenceState.FULL: f"{CONTEXT}/SoldOut",
    OccurrenceState.SAVE_THE_DATE: f"{CONTEXT}/PreOrder",
    OccurrenceState.NOT_YET_OPEN: f"{CONTEXT}/PreOrder",
}


def is_announced(occurrence: Occurrence) -> bool:
    """Tell whether a date is firm enough to be told to machines: a day, a place, and no mere option."""
    has_place = occurrence.venue is not None or occurrence.is_online
    return bool(_told_day(occurrence)) and has_place and occurrence.status != OccurrenceStatus.TENTATIVE


def _told_day(occurrence: Occurrence) -> datetime.date | None:
    """Return the day; of a date that is postponed the one that it had, until there is another (schema.org)."""
    return occurrence.day or (occurrence.postponed_from if occurrence.status == OccurrenceStatus.POSTPONED else None)


def event(occurrence: Occurrence, page: Page) -> Node:
    """Return an announced date of an event or session, told by `page` in its language."""
    return node(
        "Event",
        **_when_and_where(occurrence, page),
        description=page.summary,
        image=picture_of(page),
        eventAttendanceMode=_mode(occurrence, "Offline", "Online", "Mixed", f"{CONTEXT}/%sEventAttendanceMode"),
        doorTime=f"{occurrence.doors:%H:%M}" if occurrence.doors else "",
        organizer=[centre_of(page), *(_organisation(row) for row in page.hosts)],
        performer=[_person(person) for person in page.speakers],
    )


def course_instance(occurrence: Occurrence, page: Page) -> Node:
    """Return an announced date of a session as one of its cycle's."""
    return node(
        "CourseInstance",
        **_when_and_where(occurrence, page),
        courseMode=_mode(occurrence, "onsite", "online", "blended"),
    )


def offers(occurrence: Occurrence, url: str) -> list[Node]:
    """Return what a place on a date costs, for members and for the others; nothing where no place is offered."""
    availability = AVAILABILITY.get(occurrence.state)
    if availability is None:
        return []
    opens = occurrence.registration_opens
    common = {"url": url, "availability": availability, "validFrom": opens.isoformat() if opens else ""}
    if not occurrence.fees:
        return [node("Offer", name=gettext("For everyone"), price="0", priceCurrency="EUR", category="Free", **common)]
    return [
        node(
            "Offer",
            name=str(fee.audience_label),
            price=f"{fee.amount:.2f}",
            priceCurrency=fee.currency,
            category="Paid" if fee.amount else "Free",
            **common,
        )
        for fee in occurrence.fees
    ]


def _when_and_where(occurrence: Occurrence, page: Page) -> dict[str, Any]:
    starts = ends = _told_day(occurrence)
    if occurrence.day and occurrence.has_hours:
        starts, ends = occurrence.starts_at, occurrence.ends_at
    url = page.full_url
    return {
        # One date is one thing, wherever it is told; several have the address of their page.
        "@id": f"{url}#date-{occurrence.pk}",
        "name": page.title,
        "url": url,
        "inLanguage": page.locale.language_code,
        "startDate": starts.isoformat(),
        "endDate": ends.isoformat(),
        "eventStatus": STATUS[OccurrenceStatus(occurrence.status)],
        "location": _location(occurrence, url),
        "offers": offers(occurrence, url),
    }


def _mode(occurrence: Occurrence, on_site: str, online: str, both: str, form: str = "%s") -> str:
    if occurrence.venue is None:
        return form % online
    return form % (both if occurrence.video_link else on_site)


def _location(occurrence: Occurrence, url: str) -> list[Node]:
    """Return the venue, the screen, or both. One connects through the page: the private link is never told."""
    places = [_place(occurrence.venue)] if occurrence.venue else []
    return [*places, node("VirtualLocation", url=url)] if occurrence.video_link else places


def _place(venue: Venue) -> Node:
    address = node("PostalAddress", streetAddress=venue.address, postalCode=venue.postcode, addressLocality=venue.town)
    return node("Place", name=venue.name, address=address)


def _organisation(organisation: Organisation) -> Node:
    return node("Organization", name=organisation.label, url=organisation.website)


def _person(person: Person) -> Node:
    """Return a speaker by name alone: what else the directory knows is not for machines to gather."""
    return node("Person", name=str(person))
