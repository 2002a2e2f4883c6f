"""Whether the people of a booking work for a member: shown once, it settles the prices that depended on it."""

import hmac
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.models import Membership
from events.enums import PriceRule
from registrations.enums import HistoryEvent, ProofMethod
from registrations.messages.writing import write_messages
from registrations.models import Booking, Registration
from registrations.services.errors import AlreadySettled
from registrations.services.seats import with_retries
from registrations.services.steps import note

PROVEN = {
    ProofMethod.EMAIL_DOMAIN: HistoryEvent.PROVEN_BY_LINK,
    ProofMethod.CODE: HistoryEvent.PROVEN_BY_CODE,
    ProofMethod.OFFICER: HistoryEvent.FOUND_MEMBER,
}


def is_code_of(memberships: Iterable[Membership], code: str) -> bool:
    """Tell whether a code is that of one of these memberships. Case and spaces make no difference; an empty one proves
    nothing."""
    typed = _plain(code)
    return bool(typed) and any(
        hmac.compare_digest(_plain(row.code).encode(), typed.encode()) for row in memberships if _plain(row.code)
    )


def _plain(code: str) -> str:
    return "".join(code.split()).casefold()


def settle(booking: Booking, is_member: bool, method: ProofMethod, user: User | None = None) -> list[Registration]:
    """Settle every price of a booking that waited for a proof, write history and message; return what changed.

    Once: raises AlreadySettled when it was settled before, be it a moment ago by somebody else; TooBusy.
    """
    return with_retries(lambda: _settle_once(booking, is_member, method, user))


def _settle_once(booking: Booking, is_member: bool, method: ProofMethod, user: User | None) -> list[Registration]:
    with transaction.atomic(durable=True):
        first = Booking.objects.filter(pk=booking.pk, proof_method="").update(
            proof_method=method, proof_at=timezone.now(), proof_by=user
        )
        if not first:
            raise AlreadySettled
        rows = list(
            Registration.objects.filter(participant__booking=booking, price_rule=PriceRule.TO_BE_CONFIRMED)
            .with_people()
            .order_by("pk")
        )
        for row in rows:
            row.price_amount = row.price_if_member if is_member else row.price_otherwise
            row.price_rule = PriceRule.MEMBER if is_member else PriceRule.NON_MEMBER
            row.save(update_fields=["price_amount", "price_rule"])
        actor = "officer" if method == ProofMethod.OFFICER else "contact"
        note(rows, PROVEN[method] if is_member else HistoryEvent.FOUND_OTHER, actor=actor, user=user)
        write_messages("proof", [row for row in rows if row.is_active])
    return rows


def waits_for_proof(booking: Booking) -> bool:
    """Tell whether a price of an active registration of the booking depends on a proof."""
    waiting = Registration.objects.filter(participant__booking=booking, price_rule=PriceRule.TO_BE_CONFIRMED)
    return waiting.active().exists()


def memberships_to_prove(booking: Booking) -> list[Membership]:
    """Return the memberships that prices of active registrations of the booking depend on."""
    waiting = Registration.objects.filter(participant__booking=booking, price_rule=PriceRule.TO_BE_CONFIRMED).active()
    return list(Membership.objects.filter(pk__in=waiting.values("membership")))
