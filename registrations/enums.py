"""Closed lists of registrations, and the table of what may become of one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegistrationState(TextChoices):
    """Where one participant stands for one date. The seat only: billing and attendance are other axes."""

    PENDING = "pending", pgettext_lazy("registration", "waiting for approval")
    CONFIRMED = "confirmed", pgettext_lazy("registration", "confirmed")
    WAITLISTED = "waitlisted", pgettext_lazy("registration", "on the waiting list")
    OFFERED = "offered", pgettext_lazy("registration", "place offered, to be accepted")
    CANCELLED = "cancelled", pgettext_lazy("registration", "cancelled")
    REJECTED = "rejected", pgettext_lazy("registration", "not accepted")
    DECLINED = "declined", pgettext_lazy("registration", "place declined")
    EXPIRED = "expired", pgettext_lazy("registration", "offer expired")


# States that hold a seat: what a recount counts. A place that is offered is held until its deadline.
SEATED = frozenset({RegistrationState.CONFIRMED, RegistrationState.OFFERED})
# States that keep a person from registering again for the same date. The others are final: coming back is a new row.
ACTIVE = frozenset(
    {
        RegistrationState.PENDING,
        RegistrationState.CONFIRMED,
        RegistrationState.WAITLISTED,
        RegistrationState.OFFERED,
    }
)

# From each state, those that may follow. Nothing else is ever written.
TRANSITIONS: dict[RegistrationState, frozenset[RegistrationState]] = {
    RegistrationState.PENDING: frozenset(
        {RegistrationState.CONFIRMED, RegistrationState.REJECTED, RegistrationState.CANCELLED}
    ),
    RegistrationState.WAITLISTED: frozenset(
        {RegistrationState.OFFERED, RegistrationState.CONFIRMED, RegistrationState.CANCELLED}
    ),
    RegistrationState.OFFERED: frozenset(
        {
            RegistrationState.CONFIRMED,
            RegistrationState.DECLINED,
            RegistrationState.EXPIRED,
            RegistrationState.CANCELLED,
        }
    ),
    RegistrationState.CONFIRMED: frozenset({RegistrationState.CANCELLED}),
    RegistrationState.CANCELLED: frozenset(),
    RegistrationState.REJECTED: frozenset(),
    RegistrationState.DECLINED: frozenset(),
    RegistrationState.EXPIRED: frozenset(),
}


class HistoryEvent(TextChoices):
    """What a step of a history tells beside, or instead of, a change of state. It names nobody."""

    CORRECTED = "corrected", pgettext_lazy("history", "details of the participant corrected")
    HANDED_OVER = "handed_over", pgettext_lazy("history", "place handed over to a colleague")
    TAKEN_OVER = "taken_over", pgettext_lazy("history", "place taken over from a colleague")
    ANSWERED = "answered", pgettext_lazy("history", "answers recorded for the participant")
    WAIVED = "waived", pgettext_lazy("history", "price waived, or asked again")
    CONTACT = "contact", pgettext_lazy("history", "contact of the booking corrected")
    LINK_SENT = "link_sent", pgettext_lazy("history", "private link sent again")
    REPRICED = "repriced", pgettext_lazy("history", "price changed with the capacity of the participant")
    PROVEN_BY_LINK = (
        "proven_by_link",
        pgettext_lazy("history", "price settled: member, by the link sent to the contact"),
    )
    PROVEN_BY_CODE = "proven_by_code", pgettext_lazy("history", "price settled: member, by the membership code")
    FOUND_MEMBER = "found_member", pgettext_lazy("history", "price settled: member, checked by the team")
    FOUND_OTHER = "found_other", pgettext_lazy("history", "price settled: not a member, checked by the team")


# Told of each registration of a booking, and about all of it.
ABOUT_BOOKING = frozenset(
    {
        HistoryEvent.CONTACT,
        HistoryEvent.LINK_SENT,
        HistoryEvent.PROVEN_BY_LINK,
        HistoryEvent.PROVEN_BY_CODE,
        HistoryEvent.FOUND_MEMBER,
        HistoryEvent.FOUND_OTHER,
    }
)


class OfferState(TextChoices):
    """What became of a place offered to a group of the waiting list."""

    OPEN = "open", pgettext_lazy("offer", "waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("offer", "accepted")
    DECLINED = "declined", pgettext_lazy("offer", "declined")
    EXPIRED = "expired", pgettext_lazy("offer", "expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "withdrawn")


class ProofMethod(TextChoices):
    """How it was shown that the people of a booking work for a member."""

    EMAIL_DOMAIN = "email_domain", _("address of the organisation, confirmed by a link")
    CODE = "code", _("membership code")
    OFFICER = "officer", _("checked by the team")


class BillingRoute(TextChoices):
    """How an invoice reaches whoever pays. Empty for a booking that costs nothing."""

    CHORUS = "chorus", _("through Chorus Pro")
    EMAIL = "email", _("by e-mail, to the contact")


class ParticipantCategory(TextChoices):
    """In which capacity somebody takes part."""

    AGENT = "agent", _("Public agent")
    ELECTED_OFFICIAL = "elected_official", _("Elected official")
    ASSOCIATION = "association", _("Member or employee of an association")
    OTHER = "other", pgettext_lazy("participant", "Other")


class QuestionKind(TextChoices):
    """How a question of a session is answered."""

    YES_NO = "yes_no", pgettext_lazy("question", "yes or no")
    CHOICE = "choice", pgettext_lazy("question", "one of several answers")
    TEXT = "text", pgettext_lazy("question", "a line of text")
