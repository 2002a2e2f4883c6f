"""Messages that hold a link which only the reader of a mailbox may open: a proof, and the private space."""

from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from outbox.identity import the_centre
from outbox.services import queue_message
from registrations.messages.addresses import absolute, private_url, proof_url
from registrations.models import Booking

PROOF_LINK, ACCESS_LINK, BOOKING_LINK = ASKED_FOR = (
    "registration_proof_link",
    "registration_access",
    "registration_private_link",
)


def write_proof_link(booking: Booking) -> bool:
    """Queue the message with the proof's link to the contact; False where there is no such link."""
    url = proof_url(booking)
    if url:
        with override(booking.language):
            opening = gettext(
                "Your booking is at the price of members once you have confirmed that you work for %(organisation)s. "
                "Open the link below, and press the button there."
            )
            words = {
                "subject": gettext("Confirm your organisation"),
                "opening": opening % {"organisation": booking.organisation_name},
                "label": gettext("Confirm my organisation"),
                "closing": gettext("You made no booking? Do nothing: without you, nothing is confirmed."),
            }
            write_link(PROOF_LINK, booking.email, booking.language, url, words, booking)
    return bool(url)


def write_access_link(to: str, language: str, secret: str) -> None:
    """Queue the message with the link that opens the private space of whoever reads a mailbox."""
    with override(language):
        url = absolute(reverse("registrations:open_space", args=[secret]))
        words = {
            "subject": gettext("Your registrations: the link to your space"),
            "opening": gettext("Open this link within an hour: it shows your registrations. It works once."),
            "label": gettext("Open my space"),
            "closing": gettext("You did not ask for it? Do nothing: the link ends by itself."),
        }
        write_link(ACCESS_LINK, to, language, url, words)


def write_private_link(booking: Booking) -> None:
    """Queue the message that sends a booking's private link to its contact once more."""
    with override(booking.language):
        words = {
            "subject": gettext("Your registrations: the link to your booking"),
            "opening": gettext("Here is the link to your booking: it shows its dates, and lets you change them."),
            "label": gettext("Open my booking"),
            "closing": gettext("Keep this link for yourself: whoever has it can cancel."),
        }
        write_link(BOOKING_LINK, booking.email, booking.language, private_url(booking), words, booking)


def write_link(
    kind: str, to: str, language: str, url: str, words: dict[str, str], about: models.Model | None = None
) -> None:
    """Queue a message of a kind that leads to `url`: `words` are its subject, opening, label of the link, closing.

    They are in the active language, which is that of the message.
    """
    context: dict[str, Any] = {**words, "url": url, "centre": the_centre(), "why": _why(about)}
    queue_message(
        kind=kind,
        to=to,
        language=language,
        subject=words["subject"],
        text=render_to_string("emails/link.txt", context),
        html=render_to_string("emails/link.html", context),
        about=about,
    )


def _why(about: models.Model | None) -> str:
    """Return why somebody receives a link: they are the contact of a booking, or their address was typed."""
    if about is not None:
        return gettext("You receive this message because you are the contact of a booking with us.")
    return gettext("You receive this message because somebody, you perhaps, typed this address into our site.")
