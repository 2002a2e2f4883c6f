"""Finding a booking by a name, an e-mail, an organisation or its number.

What is typed names people. It is posted, then kept with the session: it stands in no address, so in no log of a server.
"""

import re

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.words import with_words
from registrations.models import Booking
from registrations.officer.access import VIEW, requires

MOST_SHOWN = 50
LONGEST = 200
IN_SESSION = "registrations_search"
FIELDS = (
    *("first_name", "last_name", "email", "phone", "organisation_name", "organisation__name", "organisation__acronym"),
    *("participants__first_name", "participants__last_name", "participants__email"),
)
# «12», «n° 12», «réservation 12».
NUMBER = re.compile(r"[^\d@]{0,20}(\d{1,9})", re.ASCII)


@requires(VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Keep what is looked for (POST); show the bookings found."""
    if request.method == "POST":
        request.session[IN_SESSION] = request.POST.get("q", "").replace("\0", "").strip()[:LONGEST]
        return redirect("registrations_admin:search")
    text = request.session.get(IN_SESSION, "")
    found = list(found_by(text)[: MOST_SHOWN + 1]) if text else []
    context = {
        "looked_for": text,
        "bookings": found[:MOST_SHOWN],
        "has_more": len(found) > MOST_SHOWN,
        "header_title": _("Find a booking"),
    }
    return render(request, "admin/registrations/search.html", context)


def found_by(text: str) -> QuerySet:
    """Return the bookings that hold every word, of the contact or of one of the participants, and that of a number."""
    rows = with_words(Booking.objects.all(), text, FIELDS)
    if number := NUMBER.fullmatch(text):
        rows = rows | Booking.objects.filter(pk=int(number[1]))
    return rows.order_by("-created_at", "-pk").prefetch_related("participants__registrations__occurrence__page")
