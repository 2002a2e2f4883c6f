"""What is written to an address that somebody subscribed."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from newsletter.enums import SubscriptionState
from newsletter.models import Subscription
from outbox.identity import the_centre
from outbox.services import queue_message
from registrations.messages.addresses import absolute


def private_url(subscription: Subscription, name: str) -> str:
    """Return the complete address of «confirm» or «unsubscribe» for a subscription, in its language."""
    return absolute(private_path(subscription, name))


def private_path(subscription: Subscription, name: str) -> str:
    """Return that address without the site."""
    with override(subscription.language):
        return reverse(f"newsletter:{name}", args=[subscription.token])


def write_message(subscription: Subscription) -> None:
    """Queue the message that asks to confirm, or that tells a subscriber so, in the language of the subscription."""
    is_confirmed = subscription.state == SubscriptionState.CONFIRMED
    unsubscribe_url = private_url(subscription, "unsubscribe")
    with override(subscription.language):
        subject = (
            gettext("You already receive our newsletter") if is_confirmed else gettext("Confirm your subscription")
        )
        context = {
            "centre": the_centre(),
            "subject": subject,
            "why": gettext("You receive this message because this address was typed into the form of our newsletter."),
            "is_confirmed": is_confirmed,
            "confirm_url": private_url(subscription, "confirm"),
            "unsubscribe_url": unsubscribe_url,
        }
        queue_message(
            kind="newsletter_known" if is_confirmed else "newsletter_confirm",
            to=subscription.email,
            language=subscription.language,
            subject=subject,
            text=render_to_string("emails/newsletter.txt", context),
            html=render_to_string("emails/newsletter.html", context),
            about=subscription,
            unsubscribe_url=unsubscribe_url,
        )
