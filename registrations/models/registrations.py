"""`Registration`: one participant, one date. Seats are counted from these rows, never from anything else."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Membership
from events.amounts import Price
from events.enums import PriceRule, RegistrationMode
from events.models import Occurrence
from registrations.enums import ACTIVE, SEATED, HistoryEvent, RegistrationState
from registrations.models.bookings import Participant
from registrations.querysets import RegistrationQuerySet

# What was agreed when the registration was made: no later save changes it. The amount and its ground are frozen too,
# once they are known.
FROZEN = (
    "participant_id",
    "occurrence_id",
    "person_key",
    "price_currency",
    "price_if_member",
    "price_otherwise",
    "membership_label",
    "membership_flagged",
    "created_at",
)


class Registration(models.Model):
    """A participant's place, or request, for one date. The services alone write it."""

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="registrations"
    )
    occurrence = models.ForeignKey(
        Occurrence, verbose_name=_("date"), on_delete=models.PROTECT, related_name="registrations"
    )
    state = models.CharField(_("state"), max_length=12, choices=RegistrationState.choices)
    # The person's e-mail, the same however it is written: one active registration per person and date.
    person_key = models.CharField(max_length=254, editable=False)
    created_at = models.DateTimeField(_("registered on"), default=timezone.now)
    # Rank on the waiting list: by this instant, then by key. Kept when one leaves the list, as history.
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)

    # Empty as long as a membership is claimed and not proven: it is then one of the two amounts below.
    price_amount = models.DecimalField(_("price"), max_digits=8, decimal_places=2, null=True, blank=True)
    price_if_member = models.DecimalField(
        _("price for a member"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    price_otherwise = models.DecimalField(_("price otherwise"), max_digits=8, decimal_places=2, null=True, blank=True)
    price_currency = models.CharField(_("currency"), max_length=3)
    price_rule = models.CharField(_("ground of the price"), max_length=20, choices=PriceRule.choices)
    membership = models.ForeignKey(
        Membership,
        verbose_name=_("membership"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    membership_label = models.CharField(_("membership, as it was"), max_length=250, blank=True)
    membership_flagged = models.BooleanField(_("membership to be checked"), default=False)
    # What the centre gives up of the price, with its reason. The price itself stays as agreed.
    waived_amount = models.DecimalField(_("waived"), max_digits=8, decimal_places=2, default=0)
    waiver_reason = models.CharField(_("reason of the waiver"), max_length=300, blank=True)
    offer = models.ForeignKey(
        "Offer", verbose_name=_("offer"), null=True, blank=True, on_delete=models.RESTRICT, related_name="registrations"
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        # Bookings come from the public form; the services change them.
        default_permissions = ("view", "change")
        permissions = [("export_registration", _("Can export registrations"))]
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "person_key"],
                condition=Q(state__in=sorted(ACTIVE)),
                name="one_active_registration_per_person",
            ),
            models.CheckConstraint(
                condition=Q(price_amount__gte=0) | Q(price_amount__isnull=True), name="registration_price_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(price_rule=PriceRule.TO_BE_CONFIRMED, price_amount__isnull=True)
                & Q(price_if_member__isnull=False, price_otherwise__isnull=False)
                | ~Q(price_rule=PriceRule.TO_BE_CONFIRMED) & Q(price_amount__isnull=False),
                name="registration_price_known_or_two",
            ),
            models.CheckConstraint(
                condition=Q(waived_amount=0)
                | Q(waived_amount__gt=0, waived_amount__lte=models.F("price_amount")) & ~Q(waiver_reason=""),
                name="registration_waiver_within_price",
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.OFFERED) | Q(offer__isnull=False), name="registration_offered_by"
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.WAITLISTED) | Q(waiting_since__isnull=False),
                name="registration_waits_since",
            ),
        ]
        indexes = [models.Index(fields=["occurrence", "state", "waiting_since"], name="registration_seats")]

    def __str__(self) -> str:
        # No name: see `Booking`.
        return f"{self._meta.verbose_name} {self.pk} ({self.get_state_display()})"

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> "Registration":
        """Remember what was frozen."""
        row = super().from_db(db, field_names, values)
        row._freeze()
        return row

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. Raises ValueError when it would change what was agreed."""
        for name, agreed in getattr(self, "_frozen", {}).items():
            if getattr(self, name) != agreed:
                raise ValueError(f"{name} of a registration is frozen.")
        super().save(*args, **kwargs)
        self._freeze()

    def _freeze(self) -> None:
        names = FROZEN if self.__dict__.get("price_amount") is None else (*FROZEN, "price_amount", "price_rule")
        self._frozen = {name: self.__dict__[name] for name in names if name in self.__dict__}

    @property
    def is_active(self) -> bool:
        """True while it keeps the person from registering again for this date."""
        return self.state in ACTIVE

    @property
    def holds_seat(self) -> bool:
        """True when it takes a seat: one that is offered is held, and one that is asked for where its date says so."""
        is_held = self.occurrence.registration_mode == RegistrationMode.BY_APPROVAL_HELD
        return self.state in SEATED or (self.state == RegistrationState.PENDING and is_held)

    @property
    def takes_part(self) -> bool:
        """True when the place is this person's: they receive the video link, the documents and the calendar."""
        return self.state == RegistrationState.CONFIRMED

    @property
    def price_agreed(self) -> Price:
        """What was agreed; both amounts as long as a membership is to be proven."""
        if self.price_amount is None:
            return Price(self.price_if_member, self.price_otherwise, self.price_currency)
        return Price.of(self.price_amount, self.price_currency)

    @property
    def price(self) -> Price:
        """What was agreed less what was waived."""
        if self.price_amount is None:
            return self.price_agreed
        return Price.of(self.price_amount - self.waived_amount, self.price_currency)

    @property
    def cancel_until(self) -> datetime.datetime | None:
        """Until when visitors cancel by themselves; None while the day is unknown.

        A place that is theirs: REGISTRATION_CANCEL_HOURS before the date begins. A wait or a request: until then.
        """
        starts_at = self.occurrence.starts_at
        if starts_at is None or not self.takes_part:
            return starts_at
        return starts_at - datetime.timedelta(hours=settings.REGISTRATION_CANCEL_HOURS)

    @property
    def may_be_cancelled(self) -> bool:
        """True while visitors may cancel it: there is something to give back, and time to do so."""
        until = self.cancel_until
        return self.is_active and (until is None or until > timezone.now())

    @property
    def is_ahead(self) -> bool:
        """True while it is active and its date is not over: as long the team changes it."""
        return self.is_active and not self.occurrence.is_past

    @property
    def may_be_handed_over(self) -> bool:
        """True while a colleague may take it: until the date begins."""
        starts_at = self.occurrence.starts_at
        return self.is_active and (starts_at is None or starts_at > timezone.now())


class Transition(models.Model):
    """What became of a registration, when, by whom and why. Written once, never changed.

    `event` says what was done where the state alone does not: it stays as it is when somebody is corrected.
    """

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="transitions")
    from_state = models.CharField(_("from"), max_length=12, choices=RegistrationState.choices, blank=True)
    to_state = models.CharField(_("to"), max_length=12, choices=RegistrationState.choices)
    event = models.CharField(_("what was done"), max_length=20, choices=HistoryEvent.choices, blank=True)
    # Who acted: a user of the admin, or a word for those who have no account («contact», «visitor»).
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor = models.CharField(_("by"), max_length=60)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("on"), default=timezone.now)
    # A place given back after visitors could do so by themselves (REGISTRATION_CANCEL_HOURS).
    is_late = models.BooleanField(_("late"), default=False)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.from_state or '∅'} → {self.to_state}"

    @property
    def told(self) -> str:
        """What happened, in words: what was done, else from which state to which."""
        if self.event:
            return str(HistoryEvent(self.event).label)
        if not self.from_state:
            return str(RegistrationState(self.to_state).label)
        return f"{RegistrationState(self.from_state).label} → {RegistrationState(self.to_state).label}"
