"""`Occurrence`: what is booked. A page says what it is about; an occurrence says when, where, and for how many."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Page

from directory.models import Organisation, Venue
from directory.models.labelled import in_active_language
from events.enums import BOOKABLE_STATES, CALLED_OFF, OccurrenceState, OccurrenceStatus, RegistrationMode
from events.models.prices import Fee, PriceList
from events.querysets import OccurrenceQuerySet
from events.states import occurrence_state
from portal.dates import written

ZONE = ZoneInfo(settings.TIME_ZONE)


class Occurrence(ClusterableModel):
    """One date of a session or event. A plain row: never translated, never copied with its page (measured:
    a ParentalKey here loses and leaks registrations at the next synchronisation)."""

    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.PROTECT, related_name="occurrences")
    day = models.DateField(_("day"), null=True, blank=True)
    doors = models.TimeField(_("doors"), null=True, blank=True, help_text=_("Welcome from this hour."))
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.PROTECT, related_name="occurrences"
    )
    video_link = models.URLField(
        _("video link"), blank=True, help_text=_("Private: only those who hold a place receive it.")
    )
    note_fr = models.CharField(_("note in French"), max_length=300, blank=True)
    note_en = models.CharField(_("note in English"), max_length=300, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=OccurrenceStatus.choices, default=OccurrenceStatus.SCHEDULED
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit."))
    registration_mode = models.CharField(
        _("registration"), max_length=20, choices=RegistrationMode.choices, default=RegistrationMode.OPEN
    )
    registration_url = models.URLField(_("address of the other site"), blank=True)
    registration_opens = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes = models.DateTimeField(
        _("registration closes"), null=True, blank=True, help_text=_("Empty: when the session starts.")
    )
    price_list = models.ForeignKey(
        PriceList,
        verbose_name=_("price list"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="occurrences",
        help_text=_("Empty: free for everyone."),
    )
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    # The day it had when it was postponed: it has none until the next one is known.
    postponed_from = models.DateField(_("postponed from"), null=True, blank=True, editable=False)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["day", "doors", "pk"]
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        permissions = [("change_live_occurrence", _("Can change the dates of published pages"))]

    def __str__(self) -> str:
        parts = [self.page.title, self.day_label, self.place_label]
        return ", ".join(str(part) for part in parts if part)

    def clean(self) -> None:
        """Refuse what cannot be announced: see `events.validation`."""
        from events.validation import validate_occurrence

        validate_occurrence(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a date that is called off from the start is a change for calendars all the same (SEQUENCE above 0).

        One that is postponed gives up its day, and remembers it until it has another.
        """
        if self._state.adding and self.status in CALLED_OFF:
            self.calendar_sequence = max(1, self.calendar_sequence)
        if self.status == OccurrenceStatus.POSTPONED and self.day:
            self.postponed_from, self.day = self.day, None
        elif self.day:
            self.postponed_from = None
        if "status" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = [*{*kwargs["update_fields"], "day", "postponed_from"}]
        super().save(*args, **kwargs)

    # When

    @property
    def day_label(self) -> str:
        """The day in words, or that it is still open; of one that is postponed, the day that it had."""
        if self.day or self.postponed_from is None:
            return written(self.day) or str(_("date to be confirmed"))
        was = written(self.postponed_from)
        if self.status != OccurrenceStatus.POSTPONED:
            return was
        return gettext("new date to come (first planned on %(day)s)") % {"day": was}

    @cached_property
    def ordered_half_days(self) -> list["HalfDay"]:
        """The half-days, in the order of the day."""
        return sorted(self.half_days.all(), key=lambda half_day: half_day.starts)

    @property
    def starts_at(self) -> datetime.datetime | None:
        """When it begins, in the centre's time zone; None while the day is unknown; midnight without hours."""
        if self.day is None:
            return None
        first = self.ordered_half_days[0].starts if self.ordered_half_days else datetime.time.min
        return datetime.datetime.combine(self.day, first, tzinfo=ZONE)

    @property
    def ends_at(self) -> datetime.datetime | None:
        """When it ends, in the centre's time zone; None while the day is unknown; next midnight without hours."""
        if self.day is None:
            return None
        if not self.ordered_half_days:
            return datetime.datetime.combine(self.day + datetime.timedelta(days=1), datetime.time.min, tzinfo=ZONE)
        return datetime.datetime.combine(self.day, self.ordered_half_days[-1].ends, tzinfo=ZONE)

    @property
    def has_hours(self) -> bool:
        """True once its hours are known: those of a day."""
        return self.day is not None and bool(self.ordered_half_days)

    @property
    def is_past(self) -> bool:
        """True once it has ended."""
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def is_ahead(self) -> bool:
        """True while it may still take place: neither past, nor cancelled, nor postponed."""
        return not self.is_past and self.status not in CALLED_OFF

    @property
    def is_held(self) -> bool:
        """True once it has taken place: past, and neither cancelled nor postponed."""
        return self.is_past and self.status == OccurrenceStatus.SCHEDULED

    # Where

    @property
    def is_online(self) -> bool:
        """True when one attends by video only."""
        return self.venue is None and bool(self.video_link)

    @property
    def town(self) -> str:
        """The town, or an empty string online or without a venue."""
        return self.venue.town if self.venue else ""

    @property
    def venue_name(self) -> str:
        """The name of the venue without the town, where the name ends with it: it stands beside the town."""
        return self.venue.name.removesuffix(f", {self.venue.town}") if self.venue else ""

    @property
    def place_label(self) -> str:
        """Town and venue, «online», or that the place is still open."""
        if self.venue:
            return f"{self.venue.town}, {self.venue_name}"
        return str(_("online")) if self.is_online else str(_("place to be confirmed"))

    @property
    def note(self) -> str:
        """The note in the active language, else in French."""
        return in_active_language(self, "note")

    # Room and registration

    @property
    def taken(self) -> int:
        """Seats taken, as the seat counter shows them."""
        counter = getattr(self, "seat_counter", None)
        return counter.taken if counter else 0

    @property
    def places_left(self) -> int | None:
        """Free seats, never below zero; None without a limit."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        """True when no seat is left."""
        return self.places_left == 0

    @property
    def state(self) -> OccurrenceState:
        """What a visitor needs to know now."""
        return occurrence_state(self, timezone.now())

    @property
    def state_label(self) -> str:
        """The state in words, with the number of places where it matters."""
        left = self.places_left
        if self.state in (OccurrenceState.OPEN, OccurrenceState.FEW_LEFT) and left is not None:
            return ngettext("%(count)d place left", "%(count)d places left", left) % {"count": left}
        if self.state == OccurrenceState.TENTATIVE and self.day:
            return gettext("option, to be confirmed")
        if self.state == OccurrenceState.POSTPONED:
            return gettext("postponed, new date to come")
        return str(self.state.label)

    def is_open_for_registration(self, now: datetime.datetime | None = None) -> bool:
        """True when the registration form takes names, be it for the waiting list."""
        return occurrence_state(self, now or timezone.now()) in BOOKABLE_STATES

    @property
    def fees(self) -> list[Fee]:
        """The fees in force on its day, one per audience; empty when it is free."""
        return self.price_list.fees_on(self.day or timezone.localdate()) if self.price_list else []


class HalfDay(models.Model):
    """The unit of hours and, later, of sign-in."""

    occurrence = ParentalKey(Occurrence, on_delete=models.CASCADE, related_name="half_days")
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))

    class Meta:
        ordering = ["starts"]
        verbose_name = _("half-day")
        verbose_name_plural = _("half-days")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")),
                name="half_day_ends_after_it_starts",
                violation_error_message=_("A half-day ends after it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}-{self.ends:%H:%M}"

    def clean(self) -> None:
        """Refuse hours in the wrong order."""
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": _("A half-day ends after it starts.")})


class OccurrenceCoOrganiser(models.Model):
    """An organisation that holds an occurrence together with the centre."""

    occurrence = ParentalKey(Occurrence, on_delete=models.CASCADE, related_name="co_organisers")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="co_organised"
    )

    class Meta:
        verbose_name = _("co-organiser")
        verbose_name_plural = _("co-organisers")
        constraints = [models.UniqueConstraint(fields=["occurrence", "organisation"], name="one_row_per_co_organiser")]

    def __str__(self) -> str:
        return str(self.organisation)
