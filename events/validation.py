"""What an occurrence must satisfy before it is saved."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from events.enums import EVERYBODY, OccurrenceStatus, RegistrationMode

if TYPE_CHECKING:
    from events.models import Occurrence


def source_of(page: Page) -> Page:
    """Return the page in the source language: the one that occurrences belong to."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return page
    source = Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
    ).first()
    return source or page


def validate_occurrence(occurrence: "Occurrence") -> None:
    """Raise ValidationError, by field, for an occurrence that could not be announced or booked."""
    errors: dict[str, object] = {}
    if occurrence.day is None and not _may_lack_its_day(occurrence):
        errors["day"] = _("A date without a day is tentative: give the day, or set the status to “Tentative”.")
    if occurrence.day and occurrence.status == OccurrenceStatus.POSTPONED and _is_new_day(occurrence):
        errors["day"] = _("A postponed date has no day: to announce the new one, set the status to “Scheduled”.")
    if occurrence.registration_mode == RegistrationMode.ELSEWHERE and not occurrence.registration_url:
        errors["registration_url"] = _("Give the address where one registers.")
    opens, closes = occurrence.registration_opens, occurrence.registration_closes
    if opens and closes and closes <= opens:
        errors["registration_closes"] = _("Registration would close before it opens.")
    if closes and occurrence.day and closes.date() > occurrence.day:
        errors["registration_closes"] = _("Registration would close after the day itself.")
    if occurrence.price_list and not {fee.audience for fee in occurrence.fees} >= EVERYBODY:
        errors["price_list"] = _("This price list lacks a fee in force on that day for members or for the others.")
    if errors:
        raise ValidationError(errors)


def _may_lack_its_day(occurrence: "Occurrence") -> bool:
    """Tell whether a date may be kept without a day: a mere option, or postponed, be it cancelled since."""
    if occurrence.status == OccurrenceStatus.CANCELLED:
        return occurrence.postponed_from is not None
    return occurrence.status in (OccurrenceStatus.TENTATIVE, OccurrenceStatus.POSTPONED)


def _is_new_day(occurrence: "Occurrence") -> bool:
    """Tell whether a stored date is given another day than it has."""
    stored = type(occurrence).objects.filter(pk=occurrence.pk).first()
    return stored is not None and stored.day != occurrence.day
