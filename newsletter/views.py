"""Subscribing and leaving. No cookie, no script: the foot of every page carries the form.

None of these asks for Django's token against forged forms. Whoever can post to the private links knows their secret,
and mail programs post the one to leave (RFC 8058); subscribing only sends a message, and anybody may ask for that.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from newsletter import services
from newsletter.enums import SubscriptionState
from newsletter.models import Subscription
from portal.languages import bilingual
from portal.private import private
from portal.typed_address import TypedAddressForm


@bilingual(addresses=lambda: [reverse("newsletter:subscribe")])
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Show the form, or take an address: then always the same answer, whatever is known of it.

    Errors answer 422, too many tries 429.
    """
    form = TypedAddressForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and not form.is_tried_too_often(request, "newsletter"):
            if not form.is_of_a_robot():
                services.subscribe(form.cleaned_data["email"], get_language() or "")
            return redirect(f"{reverse('newsletter:subscribe')}?sent")
        status = form.status
    context = {
        "form": form,
        "wording": services.consent_wording(),
        "is_sent": "sent" in request.GET,
        "is_hidden": bool(request.GET) or status != 200,
    }
    return render(request, "newsletter/subscribe.html", context, status=status)


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to press the button, once; on POST, confirm. A link that a mail filter merely opens confirms nothing."""
    if request.method == "POST":
        return _answer(request, services.confirm(token), "newsletter/confirmed.html")
    known = _of(token, SubscriptionState.PENDING, SubscriptionState.CONFIRMED)
    is_done = known is not None and known.state == SubscriptionState.CONFIRMED
    return _answer(request, known, "newsletter/confirmed.html" if is_done else "newsletter/confirm.html")


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to press the button; on POST, also a mail program's (RFC 8058), end the subscription."""
    if request.method == "POST":
        return _answer(request, services.unsubscribe(token), "newsletter/unsubscribed.html")
    known = _of(token, *SubscriptionState)
    is_done = known is not None and known.state == SubscriptionState.UNSUBSCRIBED
    return _answer(request, known, "newsletter/unsubscribed.html" if is_done else "newsletter/unsubscribe.html")


def _of(token: str, *states: SubscriptionState) -> Subscription | None:
    return Subscription.objects.filter(token=token, state__in=states).first()


def _answer(request: HttpRequest, subscription: Subscription | None, template: str) -> HttpResponse:
    """Show a page about a subscription; where the link leads nowhere any more, say so under 404."""
    if subscription is None:
        return render(request, "newsletter/lost.html", status=404)
    return render(request, template, {"subscription": subscription})
