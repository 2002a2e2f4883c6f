"""Answering an offer: a place is held for those of a booking who waited, and they take it or leave it."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from registrations.messages.descriptions import by_date
from registrations.models import Offer, Registration
from registrations.services import OfferClosed, TooBusy, accept_offer, decline_offer
from registrations.space.access import Access, of_booking, with_form


@require_http_methods(["GET", "HEAD", "POST"])
@of_booking
def accept(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Ask whether to take the places of an offer of this booking; take them on POST."""
    return _answer(request, access, pk, "accepted", accept_offer)


@require_http_methods(["GET", "HEAD", "POST"])
@of_booking
def decline(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Ask whether to leave the places of an offer of this booking to the next ones; do it on POST."""
    return _answer(request, access, pk, "declined", decline_offer)


def _answer(
    request: HttpRequest, access: Access, pk: int, answer: str, give: Callable[..., list[Registration]]
) -> HttpResponse:
    """Answer the question, or give the answer. 409 says what became of an offer that is over, 503 that all is busy."""
    offer = get_object_or_404(Offer, pk=pk, booking=access.booking)
    if not access.manages:
        raise Http404
    status, is_busy = (200 if offer.is_open else 409), False
    if request.method == "POST":
        try:
            give(offer, actor=access.actor)
        except OfferClosed as closed:
            status, offer = 409, closed.offer
        except TooBusy:
            status, is_busy = 503, True
        else:
            return redirect(f"{reverse('registrations:booking', args=[access.key])}?{answer}")
    dates = by_date([row for row in access.registrations() if row.offer_id == offer.pk], get_language() or "fr")
    context = {"access": access, "offer": offer, "dates": dates, "answer": answer, "is_busy": is_busy}
    return with_form(render(request, "registrations/offer_answer.html", context, status=status))
