"""What becomes of a date: cancelled, postponed, or held on another day: the form, and its mistakes."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from directory.models import Venue
from events.enums import OccurrenceStatus
from events.models import Occurrence
from events.models.occurrences import ZONE
from registrations.officer.decisions import ReasonForm
from registrations.services import NewDate
from registrations.services.calling_off import hours_of

NEW_DATE = "new_date"
# Further away than this, the year was mistyped.
FURTHEST = datetime.timedelta(days=3 * 366)
CHOICES = {
    NEW_DATE: gettext_lazy("It is held on another day, known already: registrations are kept for it"),
    OccurrenceStatus.POSTPONED: gettext_lazy("It is postponed, the new day is to come: registrations are kept for it"),
    OccurrenceStatus.CANCELLED: gettext_lazy("It is cancelled, and every registration with it"),
}
OF_THE_NEW_DATE = ("day", "starts", "ends", "venue", "window")


class CallOffForm(ReasonForm):
    """Cancelled, postponed or held on another day, and why. `new_date` is what the officer typed, once it is valid."""

    status = forms.ChoiceField(label=gettext_lazy("What becomes of the date"), widget=forms.RadioSelect)
    day = forms.DateField(label=gettext_lazy("New day"), required=False, widget=AdminDateInput)
    starts = forms.TimeField(label=gettext_lazy("It begins at"), required=False, widget=AdminTimeInput)
    ends = forms.TimeField(
        label=gettext_lazy("It ends at"),
        required=False,
        widget=AdminTimeInput,
        help_text=gettext_lazy("Both hours empty: they are still to be announced."),
    )
    venue = forms.ModelChoiceField(
        label=gettext_lazy("Place"),
        queryset=Venue.objects.order_by("town", "name"),
        required=False,
        empty_label=gettext_lazy("Online, or to be confirmed"),
    )
    window = forms.ChoiceField(
        label=gettext_lazy("When registration opens and closes"),
        required=False,
        widget=forms.RadioSelect,
        initial="moves",
    )
    field_order = ("status", *OF_THE_NEW_DATE, "reason")

    def __init__(self, *args: Any, occurrence: Occurrence, **kwargs: Any) -> None:
        self.occurrence = occurrence
        self.new_date: NewDate | None = None
        hours = hours_of(occurrence) or (None, None)
        initial = {"starts": hours[0], "ends": hours[1], "venue": occurrence.venue_id}
        super().__init__(*args, initial=initial, **kwargs)
        is_postponed = occurrence.status == OccurrenceStatus.POSTPONED
        left_out = {OccurrenceStatus.POSTPONED} if is_postponed else set()
        self.fields["status"].choices = [(word, label) for word, label in CHOICES.items() if word not in left_out]
        if is_postponed:
            self.fields["status"].initial = NEW_DATE
        if occurrence.registration_opens or occurrence.registration_closes:
            self.fields["window"].choices = [
                ("moves", _("As many days later as the date itself, at the same hour; what has opened stays open")),
                ("stays", _("As it is: %(window)s") % {"window": window_of(occurrence)}),
            ]
        else:
            del self.fields["window"]

    def clean(self) -> dict[str, Any]:
        """Check the new day with all that depends on it; a day typed beside another choice is asked about."""
        cleaned = super().clean() or {}
        if cleaned.get("status") != NEW_DATE:
            for name in OF_THE_NEW_DATE:
                self.errors.pop(name, None)
            if cleaned.get("status") and self.data.get("day", "").strip():
                self.add_error("day", _("A new day is typed here: choose “another day” above, or empty this field."))
        elif not self.errors:
            self._check_day(cleaned)
            self._check_hours(cleaned)
            if not self.errors:
                self._check_all(cleaned)
        return cleaned

    def _check_day(self, cleaned: dict[str, Any]) -> None:
        day, today = cleaned.get("day"), timezone.localdate()
        if day is None:
            self.add_error("day", _("Give the new day."))
        elif day < today:
            self.add_error("day", _("This day is past."))
        elif day > today + FURTHEST:
            self.add_error("day", _("This day is more than three years away: check the year."))

    def _check_hours(self, cleaned: dict[str, Any]) -> None:
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if (starts is None) != (ends is None):
            self.add_error("starts" if starts is None else "ends", _("Give both hours, or none."))
        elif starts and ends <= starts:
            self.add_error("ends", _("It ends before it begins: check the hours."))
        elif starts and cleaned.get("day"):
            begins = datetime.datetime.combine(cleaned["day"], starts, tzinfo=ZONE)
            if cleaned["day"] == timezone.localdate() and begins <= timezone.now():
                self.add_error("starts", _("This hour is past."))

    def _check_all(self, cleaned: dict[str, Any]) -> None:
        """Refuse what is no change, and what could not be announced or booked: see `events.validation`."""
        hours = (cleaned["starts"], cleaned["ends"]) if cleaned["starts"] else None
        new = NewDate(cleaned["day"], hours, cleaned["venue"], cleaned.get("window") != "stays")
        trial = Occurrence.objects.get(pk=self.occurrence.pk)
        if new.is_that_of(trial):
            self.add_error("day", _("Day, hours and place are those of today: nothing would change."))
            return
        new.write_to(trial)
        try:
            trial.clean()
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                at = "window" if name.startswith("registration_") and "window" in self.fields else "day"
                self.add_error(at, sentences)
        else:
            self.new_date = new


def window_of(occurrence: Occurrence) -> str:
    """Return in words when registration for a date opens and closes; without hours of its own, when it begins."""
    opens, closes = occurrence.registration_opens, occurrence.registration_closes
    parts = [_("opens on %(when)s") % {"when": _moment(opens)}] if opens else []
    parts.append(_("closes on %(when)s") % {"when": _moment(closes)} if closes else _("closes when the session starts"))
    return ", ".join(parts)


def _moment(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
