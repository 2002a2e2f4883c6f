"""Occurrences and price lists for tests."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from events.enums import FeeAudience
from events.models import Fee, HalfDay, Occurrence, PriceList
from events.services import save_occurrence

LONG_AGO = datetime.date(2020, 1, 1)


def in_days(days: int) -> datetime.date:
    """Return the day some days from today."""
    return timezone.localdate() + datetime.timedelta(days=days)


def make_occurrence(page: Page, days: int | None = 30, **fields: Any) -> Occurrence:
    """Return an occurrence of a page, `days` from today, 9.30 to 12.30 and 14.00 to 17.00."""
    fields.setdefault("day", None if days is None else in_days(days))
    occurrence = Occurrence(page=page, **fields)
    if fields["day"]:
        occurrence.half_days = [
            HalfDay(starts=datetime.time(9, 30), ends=datetime.time(12, 30)),
            HalfDay(starts=datetime.time(14), ends=datetime.time(17)),
        ]
    return save_occurrence(occurrence)


def make_price_list(member: int = 0, non_member: int = 150, valid_from: datetime.date = LONG_AGO) -> PriceList:
    """Return a price list: what a day costs members and the others, in euros."""
    prices = PriceList.objects.create(label_fr="Tarif ordinaire")
    for audience, amount in ((FeeAudience.MEMBER, member), (FeeAudience.NON_MEMBER, non_member)):
        Fee.objects.create(price_list=prices, audience=audience, amount=Decimal(amount), valid_from=valid_from)
    return prices
