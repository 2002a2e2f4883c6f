"""Giving up a price, or a part of it: the price agreed stays as it is, the waiver stands beside it with its reason."""

from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from registrations.enums import HistoryEvent
from registrations.messages.writing import write_messages
from registrations.models import Registration
from registrations.services.errors import NotAllowed
from registrations.services.steps import note


def waive(registration: Registration, amount: Decimal, reason: str, user: User | None = None) -> Registration:
    """Waive an amount of the price of a registration, in its currency, and tell the contact; none takes it back.

    Logged at the date, by key. The same waiver again, a double click say, changes nothing and tells nobody. Raises
    NotAllowed for a price that still waits for a proof, an amount beyond it, or a waiver without a reason.
    """
    reason = reason.strip() if amount else ""
    with transaction.atomic():
        row = Registration.objects.with_people().select_for_update(of=("self",)).get(pk=registration.pk)
        if row.price_amount is None or not 0 <= amount <= row.price_amount or (amount and not reason):
            raise NotAllowed("waiver")
        if (row.waived_amount, row.waiver_reason) == (amount, reason):
            return row
        row.waived_amount, row.waiver_reason = amount, reason
        row.save(update_fields=["waived_amount", "waiver_reason"])
        note([row], HistoryEvent.WAIVED, actor="officer", user=user, reason=reason)
        log(
            instance=row.occurrence,
            action="registrations.waive",
            user=user,
            data={"registration": row.pk, "amount": str(amount), "currency": row.price_currency},
        )
        write_messages("waived", [row], reason=reason, again=f"{timezone.now():%Y%m%d%H%M%S%f}")
    return row
