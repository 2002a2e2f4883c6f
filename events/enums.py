"""Closed lists of occurrences, fees and events."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OccurrenceStatus(TextChoices):
    """What the centre decided about a date. «Held» and «full» are computed, never typed."""

    TENTATIVE = "tentative", _("Tentative")
    SCHEDULED = "scheduled", _("Scheduled")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


# Nothing is held that day.
CALLED_OFF = frozenset({OccurrenceStatus.CANCELLED, OccurrenceStatus.POSTPONED})


class RegistrationMode(TextChoices):
    """How one registers."""

    OPEN = "open", _("Open to all")
    BY_APPROVAL = "by_approval", _("By approval")
    BY_APPROVAL_HELD = "by_approval_held", _("By approval, each request holding its place")
    ELSEWHERE = "elsewhere", _("On another site")
    SAVE_THE_DATE = "save_the_date", _("Save the date: not yet")
    NONE = "none", _("No registration")


# The officer decides about each request.
BY_APPROVAL_MODES = frozenset({RegistrationMode.BY_APPROVAL, RegistrationMode.BY_APPROVAL_HELD})


class OccurrenceState(TextChoices):
    """What a visitor needs to know of a date, computed from its status, its window, its seats and the clock."""

    TENTATIVE = "tentative", _("date to be confirmed")
    SAVE_THE_DATE = "save_the_date", _("save the date")
    NOT_YET_OPEN = "not_yet_open", _("registration not open yet")
    OPEN = "open", pgettext_lazy("registration", "open")
    FEW_LEFT = "few_left", _("last places")
    BY_APPROVAL = "by_approval", _("registration by approval")
    FULL = "full", _("full · waiting list")
    CLOSED = "closed", _("registration closed")
    ELSEWHERE = "elsewhere", _("registration on another site")
    NO_REGISTRATION = "no_registration", _("without registration")
    PAST = "past", pgettext_lazy("date", "past")
    POSTPONED = "postponed", pgettext_lazy("date", "postponed")
    CANCELLED = "cancelled", pgettext_lazy("date", "cancelled")


# States in which the registration form answers (a full date takes names for the waiting list).
BOOKABLE_STATES = frozenset(
    {OccurrenceState.OPEN, OccurrenceState.FEW_LEFT, OccurrenceState.BY_APPROVAL, OccurrenceState.FULL}
)


class PageLife(TextChoices):
    """Where the page of an event or session stands, from the first announcement to what it has left. Computed."""

    UNDATED = "undated", _("dates to be announced")
    SAVE_THE_DATE = "save_the_date", _("save the date")
    ANNOUNCED = "announced", _("programme announced")
    NOT_YET_OPEN = "not_yet_open", _("registration not open yet")
    OPEN = "open", _("registration open")
    FULL = "full", _("full · waiting list")
    NO_REGISTRATION = "no_registration", _("without registration")
    CLOSED = "closed", _("registration closed")
    HELD = "held", _("it has taken place")
    REPORTED = "reported", _("it has taken place · report online")
    POSTPONED = "postponed", pgettext_lazy("date", "postponed")
    CANCELLED = "cancelled", pgettext_lazy("date", "cancelled")


class DocumentAudience(TextChoices):
    """For whom a document of a page is."""

    EVERYONE = "everyone", _("For everyone")
    PARTICIPANTS = "participants", _("For those who hold a place")


class Attend(TextChoices):
    """Whether the dates of a page repeat the same thing, or follow one another."""

    ONE = "one", _("One of the dates: they repeat the same session")
    ANY = "any", _("Any of the dates: each is different")


class FeeAudience(TextChoices):
    """For whom a fee holds."""

    MEMBER = "member", _("Member territories")
    NON_MEMBER = "non_member", _("Other organisations")
    ELECTED_OFFICIAL = "elected_official", _("Elected officials")


# Without a fee for each of these, a price list leaves somebody without a price.
EVERYBODY = frozenset({FeeAudience.MEMBER, FeeAudience.NON_MEMBER})


class PriceRule(TextChoices):
    """Why a registration costs what it costs: frozen with the amount."""

    FREE_SESSION = "free_session", _("Free for everyone")
    MEMBER = "member", _("Member territory")
    NON_MEMBER = "non_member", _("Other organisation")
    ELECTED_OFFICIAL = "elected_official", _("Elected official")
    TO_BE_CONFIRMED = "to_be_confirmed", _("Membership to be proven")


class EventKind(TextChoices):
    """What an event is."""

    DAY = "day", _("Study day")
    WORKSHOPS = "workshops", _("Workshops")
    WEBINAR = "webinar", _("Webinar")
    VISIT = "visit", _("Visit")
    MEETING = "meeting", _("Meeting")
