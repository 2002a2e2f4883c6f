"""Who registers, and who takes part."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _

from registrations.enums import ParticipantCategory
from registrations.form.fields import LineField, email_field, line_input, name_field
from registrations.people import person_key
from registrations.services import Contact, Person

MAX_PEOPLE = 20


class ContactForm(forms.Form):
    """Who registers."""

    first_name = name_field(_("First name"), _("Give your first name."), "given-name")
    last_name = name_field(_("Last name"), _("Give your last name."), "family-name")
    email = email_field(_("Give your e-mail."), "email", _("The confirmation and the link to cancel are sent there."))
    phone = LineField(label=_("Phone"), max_length=30, required=False, widget=line_input("tel", "tel"))

    def contact(self) -> Contact:
        """Return the contact of a valid form."""
        return Contact(**self.cleaned_data)


class PersonForm(forms.Form):
    """One participant. `is_contact`, on the first line only, stands for the name and e-mail of the contact."""

    is_contact = forms.BooleanField(label=_("It is me: use my name and e-mail"), required=False)
    first_name = LineField(label=_("First name"), max_length=100, required=False, widget=line_input("off"))
    last_name = LineField(label=_("Last name"), max_length=100, required=False, widget=line_input("off"))
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False, widget=line_input("off", "email"))
    job_title = LineField(label=_("Job title"), max_length=150, required=False, widget=line_input("off"))
    category = forms.ChoiceField(
        label=_("Takes part as"), required=False, choices=[("", "---------"), *ParticipantCategory.choices]
    )

    accessibility = LineField(
        label=_("What this person needs to take part"),
        max_length=500,
        required=False,
        help_text=_("Access by wheelchair, sign language, large print… Read only by those who prepare the day."),
        widget=line_input("off"),
    )
    diet = LineField(label=_("Diet"), max_length=200, required=False, widget=line_input("off"))

    NAMED = ("first_name", "last_name", "email")

    @property
    def is_blank(self) -> bool:
        """True when nothing was typed on this line."""
        return not self.errors and not any(self.cleaned_data.values())

    def require_all(self) -> None:
        """Say what is missing from a line that counts."""
        data = self.cleaned_data
        messages = {
            "first_name": _("Give the first name."),
            "last_name": _("Give the last name."),
            "email": _("Give the e-mail: each participant has their own."),
            "category": _("Say in which capacity this person takes part."),
        }
        for name, message in messages.items():
            if name in self.NAMED and data.get("is_contact"):
                continue
            if name not in self.errors and not data.get(name):
                self.add_error(name, message)

    def person(self, contact: Contact) -> Person:
        """Return the participant of a valid line."""
        data = self.cleaned_data
        named = contact if data.get("is_contact") else None
        first_name, last_name, email = (
            getattr(named, name) if named else data[name] for name in ("first_name", "last_name", "email")
        )
        return Person(
            first_name,
            last_name,
            email,
            category=data["category"],
            job_title=data["job_title"],
            accessibility=data["accessibility"],
            diet=data["diet"],
        )


class PeopleForms:
    """The participants: lines added and removed by buttons, without any script."""

    def __init__(self, data: Mapping[str, Any] | None = None, rows: list[dict[str, Any]] | None = None) -> None:
        """Bind to what was posted, or show `rows` (one blank line by default)."""
        if data is not None:
            self.forms = [PersonForm(data, prefix=f"people-{number}") for number in range(posted_lines(data))]
        else:
            shown = (rows or [{}])[:MAX_PEOPLE]
            self.forms = [PersonForm(initial=row, prefix=f"people-{number}") for number, row in enumerate(shown)]
        for form in self.forms[1:]:
            del form.fields["is_contact"]
        self._errors = ErrorList()

    def __iter__(self) -> Iterator[PersonForm]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    def non_form_errors(self) -> ErrorList:
        """Return what is wrong with the lines together."""
        return self._errors

    @property
    def is_complete(self) -> bool:
        """True when no further line may be added."""
        return len(self.forms) >= MAX_PEOPLE

    def is_valid(self, contact: ContactForm) -> bool:
        """Check every line that counts; blank ones do not, unless nobody is named at all."""
        counted = [form for form in self.forms if not form.is_blank] or self.forms[:1]
        for form in counted:
            form.require_all()
        self._refuse_two_meanings(counted, contact)
        self._refuse_twice(counted, contact)
        self.counted = counted
        return not self._errors and all(form.is_valid() for form in counted)

    def people(self, contact: Contact) -> tuple[Person, ...]:
        """Return the participants of valid lines."""
        return tuple(form.person(contact) for form in self.counted)

    @staticmethod
    def _refuse_two_meanings(counted: list[PersonForm], contact: ContactForm) -> None:
        """Refuse «it is me» beside the name of somebody else: one of the two would be lost without a word."""
        form = counted[0]
        mine = getattr(contact, "cleaned_data", {})
        if not form.cleaned_data.get("is_contact"):
            return
        typed = {name: form.cleaned_data.get(name) for name in PersonForm.NAMED if form.cleaned_data.get(name)}
        if any(value.casefold() != str(mine.get(name, "")).casefold() for name, value in typed.items()):
            form.add_error("is_contact", _("Untick this box, or empty the name and e-mail typed below."))

    @staticmethod
    def _refuse_twice(counted: list[PersonForm], contact: ContactForm) -> None:
        seen: set[str] = set()
        for form in counted:
            is_contact = form.cleaned_data.get("is_contact")
            source = getattr(contact, "cleaned_data", {}) if is_contact else form.cleaned_data
            email = source.get("email")
            if email and person_key(email) in seen:
                form.add_error("email", _("This e-mail is already that of another participant."))
            seen.add(person_key(email or ""))


def posted_lines(data: Mapping[str, Any]) -> int:
    """Return how many lines of participants were posted, from 1 to MAX_PEOPLE whatever the request claims."""
    try:
        return min(max(int(data.get("people-count", 1)), 1), MAX_PEOPLE)
    except (TypeError, ValueError):
        return 1


def too_many_lines(data: Mapping[str, Any]) -> bool:
    """Tell whether more lines were posted than a booking may hold."""
    return f"people-{MAX_PEOPLE}-email" in data
