"""Who looks at a booking, and what they may do there: the address of a private page says it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from registrations.models import Booking, Registration

View = Callable[..., HttpResponse]

CONTACT = "contact"


@dataclass(frozen=True)
class Access:
    """A booking as one visitor may see it. `key` is what its addresses hold, `actor` the word written in histories."""

    booking: Booking
    key: str | int
    actor: str = CONTACT

    @property
    def manages(self) -> bool:
        """True for whoever decides for everybody of the booking."""
        return True

    def registrations(self) -> list[Registration]:
        """Return the registrations that the visitor may see, by day."""
        rows = Registration.objects.filter(participant__booking=self.booking).with_people()
        return list(rows.order_by("occurrence__day", "occurrence_id", "pk"))


def private(view: View) -> View:
    """Keep an answer out of caches and search engines, and its address out of the requests that it leads to."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        return response

    return answer


def with_form(response: HttpResponse) -> HttpResponse:
    """Let the form of a private answer be posted, and return the answer.

    Browsers hide the origin of a form under «no-referrer», and Django then refuses it; to ourselves they may tell.
    """
    response["Referrer-Policy"] = "same-origin"
    return response


def of_booking(view: View) -> View:
    """Give a view the `Access` that the secret in its address opens; 404 for any other."""

    @private
    @wraps(view)
    def find(request: HttpRequest, *, token: str, **kwargs: Any) -> HttpResponse:
        booking = Booking.objects.filter(token=token).first()
        if booking is None:
            raise Http404
        return view(request, Access(booking, token), **kwargs)

    return find
