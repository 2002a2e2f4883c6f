"""The parts of the public registration form."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.enums import OrganisationKind
from directory.models import Organisation
from registrations.enums import ParticipantCategory
from registrations.people import person_key
from registrations.services import Contact, Employer, Person

MAX_PEOPLE = 20
MAX_MATCHES = 10
RETENTION_MONTHS = getattr(settings, "REGISTRATION_RETENTION_MONTHS", 12)
OTHER = "other"


class LineField(forms.CharField):
    """A text on one line: what a name needs, without the control characters that files and messages trip over."""

    def to_python(self, value: Any) -> str:
        """Return the text with single spaces."""
        text = super().to_python(value)
        # NUL is left to the field's own validator, which refuses it.
        printable = "".join(c for c in text if c in "\0\t\n\r" or unicodedata.category(c) not in ("Cc", "Cs"))
        return " ".join(printable.split())


def _input(autocomplete: str, kind: str = "text") -> forms.TextInput:
    widget = {"email": forms.EmailInput, "tel": forms.TextInput, "text": forms.TextInput}[kind]
    attributes = {"autocomplete": autocomplete}
    return widget(attrs={**attributes, "type": "tel"} if kind == "tel" else attributes)


class ContactForm(forms.Form):
    """Who registers."""

    first_name = LineField(label=_("First name"), max_length=100, widget=_input("given-name"))
    last_name = LineField(label=_("Last name"), max_length=100, widget=_input("family-name"))
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The confirmation and the link to cancel are sent there."),
        widget=_input("email", "email"),
    )
    phone = LineField(label=_("Phone"), max_length=30, required=False, widget=_input("tel", "tel"))

    def contact(self) -> Contact:
        """Return the contact of a valid form."""
        return Contact(**self.cleaned_data)


class OrganisationForm(forms.Form):
    """The organisation: looked for by name or SIRET, then chosen among what was found, or described."""

    query = LineField(
        label=_("Your organisation"),
        max_length=200,
        required=False,
        help_text=_("Its name, its acronym or its SIRET number."),
        widget=_input("organization"),
    )
    searched = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    choice = forms.ChoiceField(label=_("Organisations found"), required=False, widget=forms.RadioSelect)
    name = LineField(label=_("Name of the organisation"), max_length=200, required=False, widget=_input("off"))
    kind = forms.ChoiceField(
        label=_("Kind of organisation"), required=False, choices=[("", "---------"), *OrganisationKind.choices]
    )
    commune = LineField(
        label=_("Commune"), max_length=120, required=False, widget=_input("off"), help_text=_("Where it is based.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches, self.has_more = self._matches(self._typed("query"))
        self.fields["choice"].choices = [
            *((str(row.pk), self._described(row)) for row in self.matches),
            (OTHER, _("My organisation is not in this list")),
        ]

    def _typed(self, name: str) -> str:
        field = self.fields[name]
        raw = self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)
        return field.to_python(str(raw or ""))[: field.max_length]

    @staticmethod
    def _matches(text: str) -> tuple[list[Organisation], bool]:
        """Return the first organisations that a text finds, and whether there are more. One letter finds nothing."""
        if len(text) < 2 or "\0" in text:
            return [], False
        # A SIRET is often typed in groups of digits.
        joined = text.replace(" ", "")
        text = joined if joined.isdigit() else text
        found = list(Organisation.objects.search(text).select_related("territory")[: MAX_MATCHES + 1])
        return found[:MAX_MATCHES], len(found) > MAX_MATCHES

    @staticmethod
    def _described(row: Organisation) -> str:
        parts = [str(row), row.get_kind_display(), row.territory.name if row.territory else ""]
        # An intercommunality and its territory share one name: it is said once.
        return " · ".join(dict.fromkeys(str(part) for part in parts if part))

    @property
    def query_text(self) -> str:
        """What was looked for, empty before anybody looked."""
        return self._typed("query")

    def clean_choice(self) -> str:
        """Return the choice, or nothing when it was made in the results of another search."""
        choice = self.cleaned_data["choice"]
        is_stale = self.cleaned_data.get("query", "") != self.cleaned_data.get("searched", "")
        return "" if is_stale and self.matches else choice

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing: a search, a choice, or a description."""
        data = super().clean() or {}
        # A choice among the results of another search is no fault of the visitor: it only has to be made again.
        self.errors.pop("choice", None)
        if "query" in self.errors:
            return data
        if not data.get("query"):
            self.add_error("query", _("Type the name of your organisation."))
        elif data.get("choice") == OTHER or not self.matches:
            messages = {
                "name": _("Give the name of your organisation."),
                "kind": _("Choose the kind of organisation."),
                "commune": _("Give the commune of your organisation."),
            }
            for name, message in messages.items():
                if name not in self.errors and not data.get(name):
                    self.add_error(name, message)
        elif not data.get("choice"):
            self.add_error("choice", _("Choose your organisation among those found, or say that it is not there."))
        return data

    def employer(self) -> Employer:
        """Return the organisation of a valid form."""
        data = self.cleaned_data
        chosen = next((row for row in self.matches if str(row.pk) == data.get("choice")), None)
        if chosen is not None:
            return Employer.known(chosen)
        return Employer(None, data["name"], data["kind"], data["commune"])


class PersonForm(forms.Form):
    """One participant. `is_contact`, on the first line only, stands for the name and e-mail of the contact."""

    is_contact = forms.BooleanField(label=_("It is me: use my name and e-mail"), required=False)
    first_name = LineField(label=_("First name"), max_length=100, required=False, widget=_input("off"))
    last_name = LineField(label=_("Last name"), max_length=100, required=False, widget=_input("off"))
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False, widget=_input("off", "email"))
    job_title = LineField(label=_("Job title"), max_length=150, required=False, widget=_input("off"))
    category = forms.ChoiceField(
        label=_("Takes part as"), required=False, choices=[("", "---------"), *ParticipantCategory.choices]
    )

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
        return Person(first_name, last_name, email, category=data["category"], job_title=data["job_title"])


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


class ConsentForm(forms.Form):
    """The agreement, never ticked beforehand."""

    agreed = forms.BooleanField(
        label=_("I agree to this information being used to organise this session."),
        error_messages={"required": _("Without your agreement we cannot register anybody.")},
    )


def retention_notice() -> str:
    """Return what becomes of the data: shown at the box, kept with the agreement."""
    return ngettext(
        "It serves to organise the session, to write to the participants and to count attendance. Only the centre's "
        "training team reads it. It is deleted %(months)d month after the session. You may ask to see, correct or "
        "delete it at any time. If you register colleagues, tell them so.",
        "It serves to organise the session, to write to the participants and to count attendance. Only the centre's "
        "training team reads it. It is deleted %(months)d months after the session. You may ask to see, correct or "
        "delete it at any time. If you register colleagues, tell them so.",
        RETENTION_MONTHS,
    ) % {"months": RETENTION_MONTHS}


def posted_lines(data: Mapping[str, Any]) -> int:
    """Return how many lines of participants were posted, from 1 to MAX_PEOPLE whatever the request claims."""
    try:
        return min(max(int(data.get("people-count", 1)), 1), MAX_PEOPLE)
    except (TypeError, ValueError):
        return 1


def too_many_lines(data: Mapping[str, Any]) -> bool:
    """Tell whether more lines were posted than a booking may hold."""
    return f"people-{MAX_PEOPLE}-email" in data


def typed(form_class: type[forms.Form], data: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return what was typed for a form, unchecked: to show it again without reproach."""
    values = {name: data.get(f"{prefix}-{name}", "") for name in form_class.base_fields}
    return {name: str(value).replace("\0", "") for name, value in values.items()}
