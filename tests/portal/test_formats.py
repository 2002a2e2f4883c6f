"""Amounts, dates and hours, as each language writes them."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.formats import date_format, time_format

from portal.templatetags.portal_tags import money

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("language", "amount", "currency", "expected"),
    [
        ("fr", Decimal(150), "EUR", f"150{NBSP}€"),
        ("fr", Decimal("12.50"), "EUR", f"12,50{NBSP}€"),
        ("fr", Decimal(12000), "EUR", f"12{NBSP}000{NBSP}€"),
        ("fr", 0, "EUR", f"0{NBSP}€"),
        ("fr", Decimal(5), "CHF", f"5{NBSP}CHF"),
        ("en", Decimal(150), "EUR", "€150"),
        ("en", Decimal("1250.50"), "EUR", "€1,250.50"),
        ("en", Decimal(5), "CHF", f"5{NBSP}CHF"),
        ("fr", None, "EUR", ""),
    ],
)
def test_an_amount_is_written_as_the_language_has_it(language, amount, currency, expected):
    with translation.override(language):
        assert money(amount, currency).replace("\u202f", NBSP) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", ("18 janvier 2027", f"8{NBSP}h{NBSP}00")), ("en", ("18 January 2027", "08:00"))],
)
def test_days_and_hours_are_european_in_both_languages(language, expected):
    with translation.override(language):
        day = date_format(datetime.date(2027, 1, 18), "DATE_FORMAT")
        assert (day, time_format(datetime.time(8), "TIME_FORMAT")) == expected
