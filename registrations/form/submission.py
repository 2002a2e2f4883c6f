"""What a visitor posted: the parts of the form together, and the request they make."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations.form import (
    MAX_PEOPLE,
    BillingForm,
    ConsentForm,
    ContactForm,
    OrganisationForm,
    PeopleForms,
    PersonForm,
    posted_lines,
    retention_notice,
    too_many_lines,
    typed,
)
from registrations.form.pasted import people_in
from registrations.form.questions import answers_typed
from registrations.services import BookingRequest

SALT = "registrations.opened"
# Faster than this from the first page to the confirmation is no person.
MINIMUM_SECONDS = 1
TRAP = "website"
PASTED = "pasted"
LONGEST_LIST = 10_000


def opened_now() -> str:
    """Return the signed instant that the form carries from page to page."""
    return signing.dumps(timezone.now().timestamp(), salt=SALT)


class Submission:
    """The parts of the form, and what travels with them: `key` (one booking per key) and `opened`."""

    consent_form = ConsentForm
    # What was pasted and not read, and how many lines were made of what was.
    pasted = ""
    pasted_count: int | None = None

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.contact = ContactForm(data, prefix="contact")
        self.organisation = OrganisationForm(data, prefix="organisation")
        self.people = PeopleForms(data)
        self.billing = BillingForm(data, prefix="billing")
        self.consent = self.consent_form(data, prefix="consent")
        self._keep(data)

    @classmethod
    def blank(cls) -> "Submission":
        """Return an empty form, with a key of its own."""
        return cls._unchecked({}, [{}])

    @classmethod
    def unchecked(cls, data: Mapping[str, Any]) -> "Submission":
        """Return what was typed so far, without reproach, with a line added or removed where that was asked."""
        rows = [typed(PersonForm, data, f"people-{number}") for number in range(posted_lines(data))]
        if data.get("action") == "paste":
            return cls._pasted(data, rows)
        removed = str(data.get("remove", ""))
        if removed.isdecimal() and int(removed[:4]) < len(rows):
            del rows[int(removed[:4])]
        if data.get("action") == "add":
            rows.append({})
        return cls._unchecked(data, rows)

    @classmethod
    def _pasted(cls, data: Mapping[str, Any], rows: list[dict[str, Any]]) -> "Submission":
        """Return the form with a line for each colleague pasted, after those filled in; the rest stays pasted."""
        pasted = people_in(str(data.get(PASTED, ""))[:LONGEST_LIST])
        filled = [row for row in rows if any(row.values())]
        room = max(0, MAX_PEOPLE - len(filled))
        shown = cls._unchecked(data, [*filled, *pasted.rows[:room]] or [{}])
        shown.pasted = "\n".join([*pasted.unread, *(row["email"] for row in pasted.rows[room:])])
        shown.pasted_count = len(pasted.rows[:room])
        return shown

    @classmethod
    def _unchecked(cls, data: Mapping[str, Any], rows: list[dict[str, Any]]) -> "Submission":
        shown = cls.__new__(cls)
        shown.data = data
        shown.contact = ContactForm(initial=typed(ContactForm, data, "contact"), prefix="contact")
        organisation = typed(OrganisationForm, data, "organisation")
        shown.organisation = OrganisationForm(initial=organisation, prefix="organisation")
        shown.people = PeopleForms(rows=rows)
        shown.billing = BillingForm(initial=typed(BillingForm, data, "billing"), prefix="billing")
        shown.consent = cls.consent_form(initial=typed(cls.consent_form, data, "consent"), prefix="consent")
        shown._keep(data)
        return shown

    def _keep(self, data: Mapping[str, Any]) -> None:
        try:
            self.key = uuid.UUID(str(data.get("key", "")))
        except ValueError:
            self.key = uuid.uuid4()
        self.opened = data.get("opened") if seconds_open(data) is not None else opened_now()
        # Given in the step of the questions: they travel with the rest while something else is changed.
        self.answers_typed = answers_typed(data)

    @property
    def sections(self) -> list[forms.Form]:
        """The single forms, for the summary of errors."""
        return [self.contact, self.organisation, self.billing, self.consent]

    @property
    def was_checked(self) -> bool:
        """True once the form was checked: its faults are then shown."""
        return self.contact.is_bound

    @property
    def has_errors(self) -> bool:
        """True when something checked needs correcting."""
        lines = [form.errors for form in self.people]
        return self.was_checked and any(
            [*(form.errors for form in self.sections), *lines, self.people.non_form_errors()]
        )

    def is_valid(self) -> bool:
        """Check everything, so that every fault shows at once."""
        valid = [form.is_valid() for form in self.sections]
        valid.append(self.people.is_valid(self.contact))
        if too_many_lines(self.data):
            message = _("One booking holds at most %(count)d participants: register the others in a second one.")
            self.people.non_form_errors().append(message % {"count": MAX_PEOPLE})
            valid.append(False)
        return all(valid)

    def request(self, occurrence_ids: tuple[int, ...], language: str, shown_prices: str | None) -> BookingRequest:
        """Return what a valid form asks for."""
        contact = self.contact.contact()
        return BookingRequest(
            key=self.key,
            language=language,
            contact=contact,
            employer=self.organisation.employer(),
            people=self.people.people(contact),
            occurrence_ids=occurrence_ids,
            billing=self.billing.references(),
            membership_code=self.organisation.cleaned_data.get("code", ""),
            consent_wording=f"{self.consent.fields['agreed'].label} {retention_notice()}",
            shown_prices=shown_prices,
        )

    def hidden_values(self) -> list[tuple[str, str]]:
        """Return everything typed, for the page of the summary to carry."""
        bound = [*self.sections, *self.people]
        values = [
            (form.add_prefix(name), self.data.get(form.add_prefix(name))) for form in bound for name in form.fields
        ]
        return [("people-count", str(len(self.people))), *((name, value) for name, value in values if value)]


def seconds_open(data: Mapping[str, Any]) -> float | None:
    """Return how long ago the first page was opened, or None when the form does not say so in our hand."""
    try:
        opened = signing.loads(str(data.get("opened", "")), salt=SALT)
    except signing.BadSignature:
        return None
    return timezone.now().timestamp() - opened


def looks_automatic(data: Mapping[str, Any]) -> bool:
    """Tell a robot: it fills the trap, skips the first page, or answers within a blink."""
    elapsed = seconds_open(data)
    return bool(data.get(TRAP)) or elapsed is None or 0 <= elapsed < MINIMUM_SECONDS
