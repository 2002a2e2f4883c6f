"""Closed lists of registrations, and the table of what may become of one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegistrationState(TextChoices):
    """Where one participant stands for one date. The seat only: billing and attendance are other axes."""

    PENDING = "pending", pgettext_lazy("registration", "waiting for approval")
    CONFIRMED = "confirmed", pgettext_lazy("registration", "confirmed")
    WAITLISTED = "waitlisted", pgettext_lazy("registration", "on the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("registration", "cancelled")
    REJECTED = "rejected", pgettext_lazy("registration", "not accepted")


# States that hold a seat: what a recount counts.
SEATED = frozenset({RegistrationState.CONFIRMED})
# States that keep a person from registering again for the same date. The others are final: coming back is a new row.
ACTIVE = frozenset({RegistrationState.PENDING, RegistrationState.CONFIRMED, RegistrationState.WAITLISTED})

# From each state, those that may follow. Nothing else is ever written.
TRANSITIONS: dict[RegistrationState, frozenset[RegistrationState]] = {
    RegistrationState.PENDING: frozenset(
        {RegistrationState.CONFIRMED, RegistrationState.REJECTED, RegistrationState.CANCELLED}
    ),
    RegistrationState.WAITLISTED: frozenset({RegistrationState.CONFIRMED, RegistrationState.CANCELLED}),
    RegistrationState.CONFIRMED: frozenset({RegistrationState.CANCELLED}),
    RegistrationState.CANCELLED: frozenset(),
    RegistrationState.REJECTED: frozenset(),
}


class ParticipantCategory(TextChoices):
    """In which capacity somebody takes part."""

    AGENT = "agent", _("Public agent")
    ELECTED_OFFICIAL = "elected_official", _("Elected official")
    ASSOCIATION = "association", _("Member or employee of an association")
    OTHER = "other", pgettext_lazy("participant", "Other")
