"""Who looks at a booking, and what they may do there: the address of a private page says it."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.private import View, private
from registrations.models import Booking, OpenSpace, Referent, Registration
from registrations.people import person_key, same_person
from registrations.space.spaces import SPACE_LASTS, space_of

# Words for histories, where somebody acts who has no account.
CONTACT, REFERENT, PARTICIPANT = "contact", "referent", "participant"
COOKIE = "space"
SALT = "registrations.space"


@dataclass(frozen=True)
class Access:
    """A booking as one visitor may see it.

    `key` is what its addresses hold: the secret of its link, or its number in somebody's space. `actor` is the word
    written in histories. A participant, by their `person_key`, sees and changes their own lines alone.
    """

    booking: Booking
    key: str | int
    actor: str = CONTACT
    person_key: str = ""

    @property
    def manages(self) -> bool:
        """True for whoever decides for everybody of the booking."""
        return self.actor != PARTICIPANT

    @property
    def in_space(self) -> bool:
        """True in somebody's space, false behind the secret of a link."""
        return isinstance(self.key, int)

    @property
    def told_at(self) -> str:
        """The address that messages about what is done here go to."""
        return self.booking.email if self.manages else self.person_key

    def registrations(self) -> list[Registration]:
        """Return the registrations that the visitor may see, by day."""
        rows = Registration.objects.filter(participant__booking=self.booking).with_people()
        if not self.manages:
            rows = rows.filter(person_key=self.person_key)
        return list(rows.order_by("occurrence__day", "occurrence_id", "pk"))


def access_of(key: str, booking: Booking) -> Access | None:
    """Return how a person, by their key, may see a booking in their space; None for a booking that is not theirs."""
    if person_key(booking.email) == key:
        return Access(booking, booking.pk, CONTACT, key)
    if booking.organisation_id and booking.organisation_id in organisations_of(key):
        return Access(booking, booking.pk, REFERENT, key)
    if Registration.objects.filter(participant__booking=booking, person_key=key).exists():
        return Access(booking, booking.pk, PARTICIPANT, key)
    return None


def organisations_of(key: str) -> set[int]:
    """Return the organisations whose referent a person is."""
    return set(Referent.objects.filter(same_person("email", key)).values_list("organisation", flat=True))


def opened_space(request: HttpRequest) -> OpenSpace | None:
    """Return the space that this browser has opened, while it lasts."""
    secret = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=SPACE_LASTS)
    return space_of(secret) if secret else None


def with_form(response: HttpResponse) -> HttpResponse:
    """Let the form of a private answer be posted, and return the answer.

    Browsers hide the origin of a form under «no-referrer», and Django then refuses it; to ourselves they may tell.
    """
    response["Referrer-Policy"] = "same-origin"
    return response


def of_space(view: View) -> View:
    """Give a view the space that this browser has opened; whoever has none is led to where one asks for a link."""

    @private
    @wraps(view)
    def find(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        space = opened_space(request)
        return redirect("registrations:space") if space is None else view(request, space, **kwargs)

    return find


def of_booking(view: View) -> View:
    """Give a view the `Access` that its address opens: by its secret, or by its number in somebody's space.

    404 for any other; whoever has no space open is led to where one asks for a link.
    """

    @private
    @wraps(view)
    def by_secret(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        booking = Booking.objects.select_related("organisation").filter(token=token).first()
        return answer(request, Access(booking, token) if booking else None, **kwargs)

    @of_space
    @wraps(view)
    def by_space(request: HttpRequest, space: OpenSpace, booking_pk: int, **kwargs: Any) -> HttpResponse:
        booking = Booking.objects.select_related("organisation").filter(pk=booking_pk).first()
        return answer(request, access_of(space.person_key, booking) if booking else None, **kwargs)

    def answer(request: HttpRequest, access: Access | None, **kwargs: Any) -> HttpResponse:
        if access is None:
            raise Http404
        return view(request, access, **kwargs)

    @wraps(view)
    def find(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return by_secret(request, **kwargs) if "token" in kwargs else by_space(request, **kwargs)

    return find
