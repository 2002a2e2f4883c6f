"""Addresses for messages, which are read far from the site: complete, and in the language of the booking."""

import datetime
import hmac

from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override
from wagtail.models import Page

from portal.languages import full_address
from registrations.models import Booking
from registrations.people import has_domain

PROOF_SALT = "registrations.proof"
PROOF_DAYS = 14


def absolute(path: str) -> str:
    """Return a complete address for a path of ours."""
    return full_address(path)


def private_url(booking: Booking, root: str = "") -> str:
    """Return the private link of a booking: whoever has it sees and cancels. Who writes many gives the `root`."""
    with override(booking.language):
        path = reverse("registrations:booking", args=[booking.token])
    return f"{root}{path}" if root else absolute(path)


def proof_url(booking: Booking, root: str = "") -> str:
    """Return the address that proves a membership by being opened at the contact's mailbox, or an empty text.

    Empty where the contact's address is not of the organisation's own domain, or once the membership was looked at.
    It is for the contact alone: whoever has it says that they read this mailbox.
    """
    if booking.proof_method or not has_domain(booking.organisation, booking.email):
        return ""
    secret = signing.dumps([booking.pk, _trace(booking.email)], salt=PROOF_SALT)
    with override(booking.language):
        path = reverse("registrations:proof", args=[secret])
    return f"{root}{path}" if root else absolute(path)


def booking_of_proof(secret: str) -> Booking | None:
    """Return the booking that a proof's address was made for; None where its address or domain has changed since.

    Raises SignatureExpired after PROOF_DAYS, BadSignature for what we never wrote.
    """
    pk, trace = signing.loads(secret, salt=PROOF_SALT, max_age=datetime.timedelta(days=PROOF_DAYS))
    booking = Booking.objects.select_related("organisation").filter(pk=pk).first()
    if booking is None or not hmac.compare_digest(trace, _trace(booking.email)):
        return None
    return booking if has_domain(booking.organisation, booking.email) else None


def _trace(email: str) -> str:
    """Return what stands for an e-mail in an address, where it cannot be read."""
    return salted_hmac(PROOF_SALT, email.strip().lower()).hexdigest()[:32]


def page_url(page: Page) -> str:
    """Return the complete address of a page, or an empty text when it has none."""
    return page.full_url or ""
