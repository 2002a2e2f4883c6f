"""The calendar of a person, at an address that is its own secret."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from portal.throttling import is_throttled
from registrations.models import CalendarFeed, OpenSpace
from registrations.space import spaces
from registrations.space.access import of_space, private
from registrations.space.feeds import feed_of

HOUR = 3600
# Programs ask a few times an hour, from several devices.
READINGS_PER_FEED = 120
NEW_ADDRESSES = 10


@private
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a person's calendar, in the language of the address. 404 once it was replaced or ended, 429 too often."""
    found = CalendarFeed.objects.filter(token=secret).first()
    if found is None:
        raise Http404
    if is_throttled(request, "feed", READINGS_PER_FEED, HOUR, who=secret):
        return HttpResponse(status=429)
    body = feed_of(found.person_key, get_language() or "fr")
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return response


@require_POST
@of_space
def renew(request: HttpRequest, opened: OpenSpace) -> HttpResponse:
    """Give the calendar an address, or another one."""
    if not is_throttled(request, "renew-feed", NEW_ADDRESSES, HOUR, who=opened.person_key):
        spaces.renew_feed(opened.person_key)
    return _back()


@require_POST
@of_space
def end(request: HttpRequest, opened: OpenSpace) -> HttpResponse:
    """End the calendar's address."""
    CalendarFeed.objects.filter(person_key=opened.person_key).delete()
    return _back()


def _back() -> HttpResponse:
    return redirect(f"{reverse('registrations:space')}#calendar")
