"""A message about registrations, made of what is known already: nothing is read here, so invented people do too."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from events.models import Occurrence
from outbox.identity import Centre
from outbox.kinds import Preview, Words, kind_named
from outbox.texts import filled, paragraphs
from portal.dates import written
from portal.templatetags.portal_tags import money
from registrations.messages.descriptions import DateLines, total_of_active, waits_for_a_part
from registrations.messages.tellings import Reader, Telling

# Where the message says what is, or may be, to be paid.
PRICED = frozenset({"booked", "accepted", "moved", "offered", "proof", "replaced", "contact_now"})
# Where it says how to come.
WITH_ACCESS = frozenset({"joining_instructions", "reminder", "changed"})


@dataclass(frozen=True)
class Change:
    """One thing that is no longer as it was, in words."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Links:
    """Complete addresses. `pages` is by key of a date, `register` by key of another date that is open.

    `private` is the contact's secret; `space` is where every reader asks for a link of their own.
    """

    private: str
    space: str
    pages: dict[int, str]
    register: dict[int, str]
    proof: str = ""


@dataclass(frozen=True)
class ToDo:
    """What the people of a message still have to do: who owes an answer, whether a membership waits for its proof.

    `has_code`: that membership has one, which proves it.
    """

    answers_of: tuple[str, ...] = ()
    waits_for_proof: bool = False
    has_code: bool = False


NOTHING = ToDo()


def body_of(
    telling: Telling,
    reader: Reader,
    words: Words,
    dates: list[DateLines],
    links: Links,
    centre: Centre,
    to_do: ToDo = NOTHING,
) -> Preview:
    """Return the message of a reader in the active language, which is that of the booking."""
    language = reader.booking.language
    kind = kind_named(telling.kind_of(reader.rows))
    if kind is None:
        raise ValueError(f"No message tells of {telling.event}.")
    said = filled(words, kind, language, facts_of(telling, reader, dates, centre.name))
    is_reason_said = any(f"{{{name}}}" in "".join(vars(words).values()) for name in _names_of_reason(kind, language))
    # On one line; a space that keeps a sign beside its word stays such a space.
    subject = re.sub(r"[ \t\r\n]+", " ", said.subject).strip()
    context = {
        "centre": centre,
        "subject": subject,
        "why": _why(telling, reader),
        "event": telling.event,
        "booking": reader.booking,
        "name": reader.name,
        "is_contact": reader.is_contact,
        "opening": paragraphs(said.opening),
        "closing": paragraphs(said.closing),
        "reason": "" if is_reason_said else telling.reason,
        **_shown(telling, reader, dates, links),
        **_led_to(telling, reader, links),
        "to_do": to_do,
        "missing": to_do.answers_of,
        "may_cancel": _may_cancel(reader),
    }
    return Preview(
        subject=subject,
        text=render_to_string("emails/registration.txt", context),
        html=render_to_string("emails/registration.html", context),
    )


def _shown(telling: Telling, reader: Reader, dates: list[DateLines], links: Links) -> dict[str, Any]:
    """Return what the message shows of the dates, and of what they cost."""
    return {
        "changes": _changes(telling, reader),
        "amounts": _amounts(reader) if telling.event == "waived" else [],
        "dates": [(date, links.pages.get(date.occurrence.pk, "")) for date in dates],
        "alternatives": [(date, links.register.get(date.pk, "")) for date in telling.alternatives],
        "is_priced": telling.event in PRICED,
        "is_group": len(reader.rows) > 1,
        "shows_access": telling.event in WITH_ACCESS,
        "total": total_of_active(dates),
        "waits_for_a_part": waits_for_a_part(dates),
    }


def _led_to(telling: Telling, reader: Reader, links: Links) -> dict[str, str]:
    """Return the addresses of the message: those of the contact are for the contact alone."""
    main_url, main_label = _main_link(telling, reader, links)
    return {
        "private_url": links.private if reader.is_contact else "",
        "main_url": main_url,
        "main_label": main_label,
        "proof_url": links.proof if reader.is_contact else "",
    }


def _may_cancel(reader: Reader) -> bool:
    return any(row.may_be_cancelled for row in reader.rows)


def _main_link(telling: Telling, reader: Reader, links: Links) -> tuple[str, str]:
    """Return the address that the message leads to, and its label: the contact's secret, else the reader's own space.

    Whoever is told that an address leads to the booking no longer receives none.
    """
    if telling.event == "address_replaced":
        return "", ""
    label = gettext("See or cancel your registrations") if _may_cancel(reader) else gettext("See your registrations")
    if telling.event == "documents_available":
        label = gettext("Open the documents")
    elif telling.event == "offered" and reader.is_contact:
        label = gettext("Accept or decline the place")
    elif telling.event == "offered":
        label = gettext("See your registrations")
    return links.private if reader.is_contact else links.space, label


def _why(telling: Telling, reader: Reader) -> str:
    """Return why the reader receives the message."""
    booking = reader.booking
    if telling.event == "address_replaced":
        return gettext("You receive this message because this address belonged to a booking with us until now.")
    if reader.is_contact:
        return gettext("You receive this message because you are the contact of a booking with us.")
    return gettext("You receive this message because %(contact)s (%(organisation)s) registered you with us.") % {
        "contact": booking.contact_name,
        "organisation": booking.organisation_name,
    }


def _names_of_reason(kind: Any, language: str) -> list[str]:
    return [name for name, key in kind.names_in(language).items() if key == "reason"]


def facts_of(telling: Telling, reader: Reader, dates: list[DateLines], centre_name: str) -> dict[str, str]:
    """Return what placeholders stand for, in the active language."""
    shown = [date.occurrence for date in dates]
    return {
        "what": _what(dates),
        "title": _each(date.page.title for date in dates),
        "day": _each(occurrence.day_label for occurrence in shown),
        "hours": _each(hours_label(occurrence) for occurrence in shown),
        "place": _each(occurrence.place_label for occurrence in shown),
        "name": reader.name,
        "contact": reader.booking.contact_name,
        "organisation": reader.booking.organisation_name,
        "centre": centre_name,
        "deadline": deadline_of(reader),
        "reason": telling.reason,
        **{key: amount for key, _label, amount in _amounts(reader)},
    }


def _amounts(reader: Reader) -> list[tuple[str, str, str]]:
    """Return what was agreed, what is given up of it and what remains, each with its name and its label."""
    known = [row for row in reader.rows if row.price_amount is not None]
    agreed = sum((row.price_amount for row in known), Decimal(0))
    waived = sum((row.waived_amount for row in known), Decimal(0))
    currency = reader.rows[0].price_currency
    return [
        ("agreed", gettext("Price agreed"), money(agreed, currency)),
        ("waived", gettext("Waived"), money(waived, currency)),
        ("remains", gettext("Remains to be paid"), money(agreed - waived, currency)),
    ]


def _each(texts: Any) -> str:
    """Return each text once, in order."""
    return ", ".join(dict.fromkeys(text for text in texts if text))


def _what(dates: Sequence[DateLines]) -> str:
    """Return what the message is about: the title and the day, or the number of dates."""
    if len(dates) > 1:
        return gettext("%(count)d dates") % {"count": len(dates)}
    occurrence, title = dates[0].occurrence, dates[0].page.title
    day = occurrence.day or occurrence.postponed_from
    return f"{title}, {written(day)}" if day else title


def hours_label(occurrence: Occurrence) -> str:
    """Return from when until when, in the centre's time; an empty text while nobody knows."""
    return _hours_of_a_day(occurrence) if occurrence.has_hours else ""


def _hours_of_a_day(occurrence: Occurrence) -> str:
    """Return the same, be the day known or, of one that was postponed, no longer."""
    rows = occurrence.ordered_half_days
    return "\u00a0– ".join(_time(moment) for moment in (rows[0].starts, rows[-1].ends)) if rows else ""


def _time(moment: datetime.datetime | datetime.time) -> str:
    """Return the hour, never parted at the end of a line."""
    return date_format(moment, pgettext("time format", "H:i")).replace(" ", "\u00a0")


def deadline_of(reader: Reader) -> str:
    """Return until when an offer holds, in the centre's time; of several, the first to end."""
    ends = [row.offer.expires_at for row in reader.rows if row.offer]
    if not ends:
        return ""
    moment = timezone.localtime(min(ends))
    return f"{written(moment.date())}, {_time(moment)}"


def _changes(telling: Telling, reader: Reader) -> list[Change]:
    """Return what changed of the date. The private video link is for those who hold a place."""
    was, now = telling.was, reader.rows[0].occurrence
    if was is None or telling.event != "changed":
        return []
    rows = [
        Change(gettext("Day"), was.day_label, now.day_label),
        Change(gettext("Doors"), _doors(was), _doors(now)),
        Change(gettext("Hours"), _hours_of_a_day(was), hours_label(now)),
        Change(gettext("Place"), _place(was), _place(now)),
    ]
    if any(row.takes_part for row in reader.rows):
        rows.append(Change(gettext("Video link"), was.video_link, now.video_link))
    return [row for row in rows if row.was != row.now]


def _doors(occurrence: Occurrence) -> str:
    return _time(occurrence.doors) if occurrence.doors else ""


def _place(occurrence: Occurrence) -> str:
    return occurrence.venue.full_address if occurrence.venue else occurrence.place_label
