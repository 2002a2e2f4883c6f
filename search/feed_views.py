"""Every search for other programs: as a feed, as a calendar, as data. Anybody's answer is everybody's.

What answers is the public search: it holds nothing that a visitor may not read, whoever asks.
"""

import hashlib
import re
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from outbox.identity import the_centre
from portal.languages import site_root
from portal.throttling import is_throttled
from search import feeds
from search.criteria import Criteria
from search.services import search
from search.views import active_language

HOUR = 3600
# Programs of a whole office share an address, and ask a few times an hour for each search that they follow.
READINGS_PER_ADDRESS = 600
CACHED_FOR = 600
# What an answer says of the moment when it was made: no part of its content.
MADE_AT = re.compile(rb"DTSTAMP[^\r\n]*|<lastBuildDate>[^<]*</lastBuildDate>")

View = Callable[[HttpRequest], HttpResponse]


def followed(view: View) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give a view what every feed has: a limit for each address, a mark of its content, a time to be kept."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        if is_throttled(request, "search-feed", READINGS_PER_ADDRESS, HOUR):
            response: HttpResponseBase = too_many(request)
        else:
            made = view(request)
            made["ETag"] = f'"{hashlib.sha256(MADE_AT.sub(b"", made.content)).hexdigest()[:32]}"'
            patch_cache_control(made, private=True, max_age=CACHED_FOR)
            response = get_conditional_response(request, etag=made["ETag"], response=made) or made
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that this address asks too often, and when it may ask again."""
    message = _("Too many requests came from here. Please try again in an hour.")
    if request.path.endswith(".json"):
        response: HttpResponse = JsonResponse({"error": message}, status=429, json_dumps_params={"ensure_ascii": False})
    else:
        response = HttpResponse(message, status=429, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(HOUR)
    patch_cache_control(response, no_store=True)
    return response


def asked(request: HttpRequest) -> tuple[Criteria, feeds.Place]:
    """Return what the parameters ask for, and where."""
    language = active_language()
    return Criteria.read(request.GET, language), feeds.Place(site_root(request), language)


@followed
def rss(request: HttpRequest) -> HttpResponse:
    """Answer a search as an RSS feed."""
    criteria, place = asked(request)
    return HttpResponse(
        feeds.rss(criteria, place, the_centre().name), content_type="application/rss+xml; charset=utf-8"
    )


@followed
def calendar(request: HttpRequest) -> HttpResponse:
    """Answer the dates of a search as a calendar, to be followed."""
    criteria, _place = asked(request)
    response = HttpResponse(feeds.ics(criteria), content_type="text/calendar; charset=utf-8")
    name = pgettext("name of a file", "search")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.ics")
    return response


@followed
def data(request: HttpRequest) -> HttpResponse:
    """Answer a page of a search as JSON."""
    criteria, place = asked(request)
    size = feeds.per_page(request.GET.get("per_page", ""))
    found = search(criteria.request(page_size=size))
    return JsonResponse(feeds.data(criteria, found, place), json_dumps_params={"ensure_ascii": False})
