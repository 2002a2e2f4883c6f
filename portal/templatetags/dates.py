"""Django's `date` filter, with the rules of `portal.dates` for dates in words. Built in: no template loads it."""

from typing import Any

from django import template
from django.template.defaultfilters import date as django_date

from portal import dates

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> str:
    """Write a date by a format; one in words («6 octobre 2026») as sentences do."""
    if form and "F" in form and value not in (None, ""):
        return dates.written(value, form)
    return django_date(value, form)
