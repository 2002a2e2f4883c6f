"""The kinds of messages about registrations: their words at first, and what the officer may put into them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from outbox.kinds import Kind, Placeholder, Preview, Words, register

PREFIX = "registration_"


def _placeholder(english: str, french: str, label: Any, in_english: str, in_french: str = "") -> Placeholder:
    return Placeholder({"en": english, "fr": french}, label, {"en": in_english, "fr": in_french or in_english})


WHAT = _placeholder(
    "what", "objet", _("the title and the day, or the number of dates"), "Sharing power, 4 March 2027",
    "Partager le pouvoir, 4 mars 2027",
)  # fmt: skip
TITLE = _placeholder("title", "titre", _("title of the session or event"), "Sharing power", "Partager le pouvoir")
DAY = _placeholder("day", "jour", _("the day"), "4 March 2027", "4 mars 2027")
HOURS = _placeholder("hours", "horaires", _("the hours"), "9:30 – 17:00", "9 h 30 – 17 h 00")
PLACE = _placeholder("place", "lieu", _("the place"), "Amiens, Maison des habitants")
NAME = _placeholder("name", "nom", _("first and last name of the reader"), "Nora Benali")
CONTACT = _placeholder("contact", "contact", _("who made the booking"), "Claire Dubois")
ORGANISATION = _placeholder("organisation", "organisation", _("their organisation"), "Ville d’Amiens")
CENTRE = _placeholder("centre", "centre", _("the name that signs"), "Resource centre", "Centre de ressources")
DEADLINE = _placeholder(
    "deadline", "date_limite", _("until when the place is held"), "2 March 2027, 9:00", "2 mars 2027, 9 h 00"
)
AGREED = _placeholder("agreed", "convenu", _("the price agreed"), "€150", "150\u00a0€")
WAIVED = _placeholder("waived", "remise", _("what is given up of it"), "€50", "50\u00a0€")
REMAINS = _placeholder("remains", "reste", _("what remains to be paid"), "€100", "100\u00a0€")
REASON = _placeholder("reason", "motif", _("the reason that you give"), "The room is closed.", "La salle est fermée.")

ALWAYS = (WHAT, TITLE, DAY, HOURS, PLACE, NAME, CONTACT, ORGANISATION, CENTRE)


def _preview(name: str) -> Any:
    def preview(language: str, words: Words) -> Preview:
        # Loaded when somebody looks: it needs the models.
        from registrations.messages.preview import preview_of

        return preview_of(name, language, words)

    return preview


def _kind(event: str, label: Any, words: Words, *more: Placeholder) -> Kind:
    name = PREFIX + event
    return Kind(name, label, words, (*ALWAYS, *more), _preview(name))


# What is booked, by the state in which the registrations are left; without a state, those of several.
BOOKED = (
    _kind(
        "booked_confirmed",
        _("Registration confirmed"),
        Words(gettext_noop("Registration confirmed: {what}"), gettext_noop("The registration below is confirmed.")),
    ),
    _kind(
        "booked_waitlisted",
        _("On the waiting list"),
        Words(
            gettext_noop("Waiting list: {what}"),
            gettext_noop("All places are taken or promised: you are on the waiting list, in the order of requests."),
        ),
    ),
    _kind(
        "booked_pending",
        _("Request received"),
        Words(
            gettext_noop("Request received: {what}"),
            gettext_noop("We have received the request below. The team answers each of them by e-mail."),
        ),
    ),
    _kind(
        "booked",
        _("Registrations recorded"),
        Words(gettext_noop("Your registrations: {what}"), gettext_noop("Here is what was recorded, date by date.")),
    ),
)
# What becomes of it.
DECIDED = (
    _kind(
        "accepted",
        _("A place was given"),
        Words(
            gettext_noop("Registration confirmed: {what}"),
            gettext_noop("Good news: there is a place, and the registration below is confirmed."),
        ),
        REASON,
    ),
    _kind(
        "rejected",
        _("Request not accepted"),
        Words(
            gettext_noop("Your request for {what}"),
            gettext_noop("We are sorry: the request below could not be accepted."),
        ),
        REASON,
    ),
    _kind(
        "cancelled",
        _("Registration cancelled"),
        Words(gettext_noop("Registration cancelled: {what}"), gettext_noop("The registration below is cancelled.")),
        REASON,
    ),
    _kind(
        "moved",
        _("Moved to another date"),
        Words(
            gettext_noop("Another date for you: {title}"),
            gettext_noop("We have moved your registration to another date. Here is how it stands now."),
        ),
        REASON,
    ),
    _kind(
        "replaced",
        _("Participant changed"),
        Words(
            gettext_noop("Change of participant: {what}"),
            gettext_noop("The place below has changed hands. Here is how it stands now."),
        ),
        REASON,
    ),
    _kind(
        "corrected",
        _("Details of a participant corrected"),
        Words(
            gettext_noop("Details corrected: {what}"),
            gettext_noop("The details of a participant were corrected. Here is how the registration stands now."),
        ),
    ),
    _kind(
        "address_replaced",
        _("Another address, told to the one before"),
        Words(
            gettext_noop("Your address was replaced: {what}"),
            gettext_noop(
                "The registration below goes with another e-mail address from now on: this one no longer leads to it."
                "\n\nYou knew nothing of this? Tell us at once: the page below says how to reach us."
            ),
        ),
    ),
    _kind(
        "contact_now",
        _("Contact replaced, told to the new one"),
        Words(
            gettext_noop("You are the contact: {what}"),
            gettext_noop(
                "You are the contact of the booking below from now on: the link below shows it, and changes it."
            ),
        ),
    ),
    _kind(
        "contact_before",
        _("Contact replaced, told to the one before"),
        Words(
            gettext_noop("Another contact: {what}"),
            gettext_noop(
                "The booking below has another contact from now on: the private link that we had sent to this address "
                "no longer opens it.\n\nYou knew nothing of this? Tell us at once: the page below says how to reach us."
            ),
        ),
    ),
    _kind(
        "proof",
        _("Price settled"),
        Words(
            gettext_noop("Price settled: {what}"),
            gettext_noop("The price of the registration below was to be confirmed. It is settled now."),
        ),
        REASON,
    ),
    _kind(
        "waived",
        _("Price waived"),
        Words(
            gettext_noop("What remains to be paid: {what}"),
            gettext_noop("What remains to be paid for the registration below has changed."),
        ),
        REASON,
        *(AGREED, WAIVED, REMAINS),
    ),
    _kind(
        "offered",
        _("A place is offered"),
        Words(
            gettext_noop("A place for you, until {deadline}: {title}"),
            gettext_noop(
                "A place has become free, and is held until {deadline}. After that, it is offered to the next people "
                "on the waiting list."
            ),
        ),
        DEADLINE,
    ),
    _kind(
        "offer_expired",
        _("An offer has expired"),
        Words(
            gettext_noop("The place is no longer held: {what}"),
            gettext_noop(
                "The place was held until {deadline}, and nobody accepted it: it goes to the next people on the "
                "waiting list. You are welcome to register again."
            ),
        ),
        DEADLINE,
    ),
    _kind(
        "declined",
        _("An offer was declined"),
        Words(
            gettext_noop("Place declined: {what}"),
            gettext_noop("The place offered was declined, and goes to the next people on the waiting list."),
        ),
        DEADLINE,
    ),
)
# What becomes of the date.
DATES = (
    _kind(
        "called_off",
        _("Date cancelled by us"),
        Words(
            gettext_noop("Cancelled: {what}"),
            gettext_noop("We are sorry: we have to cancel this date, and your registration with it."),
        ),
        REASON,
    ),
    _kind(
        "postponed",
        _("Date postponed by us"),
        Words(
            gettext_noop("Postponed: {what}"),
            gettext_noop(
                "We are sorry: this date is postponed. Your registration is kept: we write to you as soon as the new "
                "date is known."
            ),
        ),
        REASON,
    ),
    _kind(
        "changed",
        _("Date or place changed"),
        Words(gettext_noop("Changed: {what}"), gettext_noop("Please note what changes for this date.")),
        REASON,
    ),
    _kind(
        "reminder",
        _("Reminder"),
        Words(gettext_noop("Soon: {what}"), gettext_noop("We look forward to seeing you soon.")),
    ),
    _kind(
        "joining_instructions",
        _("Joining instructions"),
        Words(
            gettext_noop("Joining instructions: {what}"),
            gettext_noop("Here is all that you need to come: the hours, the place, how to get there."),
        ),
    ),
    _kind(
        "documents_available",
        _("Documents available"),
        Words(
            gettext_noop("Documents available: {what}"), gettext_noop("The documents of this date are now available.")
        ),
    ),
    _kind(
        "thanks",
        _("Thanks, the day after"),
        Words(
            gettext_noop("Thank you for taking part: {what}"),
            gettext_noop("Thank you for taking part, and for what you brought to the exchanges."),
        ),
    ),
)

# Links for the reader of one mailbox: their words are no officer's to change.
LINKS = (
    Kind(PREFIX + "proof_link", label=_("Link that proves a membership")),
    Kind(PREFIX + "access", label=_("Link to the private space")),
    Kind(PREFIX + "private_link", label=_("Private link of a booking, sent again")),
)

register(*BOOKED, *DECIDED, *DATES, *LINKS)
