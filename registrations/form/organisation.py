"""The organisation: looked for, then chosen or described."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.enums import OrganisationKind
from directory.fields import SIRET_LENGTH, SiretFormField, validate_siret
from directory.models import Organisation
from registrations.form.fields import LineField, line_input
from registrations.services import Employer

MAX_MATCHES = 10
OTHER = "other"
NO_SIRET = _("This is not a SIRET number: 14 digits are expected, with a right key.")


def _joined(text: str) -> str:
    return text.replace(" ", "")


def _is_as_long_as_siret(text: str) -> bool:
    return _joined(text).isdecimal() and len(_joined(text)) == SIRET_LENGTH


class OrganisationForm(forms.Form):
    """The organisation: looked for by name or SIRET, then chosen among what was found, or described."""

    query = LineField(
        label=_("Your organisation"),
        max_length=200,
        required=False,
        help_text=_("Its name, its acronym or its SIRET number."),
        widget=line_input("organization"),
    )
    searched = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    choice = forms.ChoiceField(label=_("Organisations found"), required=False, widget=forms.RadioSelect)
    name = LineField(label=_("Name of the organisation"), max_length=200, required=False, widget=line_input("off"))
    kind = forms.ChoiceField(
        label=_("Kind of organisation"), required=False, choices=[("", "---------"), *OrganisationKind.choices]
    )
    commune = LineField(
        label=_("Commune"), max_length=120, required=False, widget=line_input("off"), help_text=_("Where it is based.")
    )
    siret = SiretFormField(
        label=_("SIRET"),
        required=False,
        validators=[validate_siret],
        help_text=_("14 digits, for the invoice."),
        widget=line_input("off"),
    )
    code = LineField(
        label=_("Membership code"),
        max_length=30,
        required=False,
        help_text=_("If your territory gave you one: the price is then settled at once."),
        widget=line_input("off"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches, self.has_more = self._matches(self.query_text)
        before = self._typed("searched")
        if before and before != self.query_text and _joined(before) == self.initial.get("siret"):
            # The number that was looked for before stood there by itself: another search, another organisation.
            self.initial["siret"] = ""
        # A right number that leads to nobody of the directory is that of the organisation to describe.
        if self.is_siret and not self.matches and not self.is_bound:
            self.initial["siret"] = self.initial.get("siret") or _joined(self.query_text)
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
        text = _joined(text) if _joined(text).isdigit() else text
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

    @property
    def is_siret(self) -> bool:
        """True when a right SIRET was looked for."""
        return _is_as_long_as_siret(self.query_text) and not self.is_wrong_siret

    @property
    def is_wrong_siret(self) -> bool:
        """True when what was looked for is as long as a SIRET and is none; what has another length is a name."""
        if not _is_as_long_as_siret(self.query_text):
            return False
        try:
            validate_siret(_joined(self.query_text))
        except forms.ValidationError:
            return True
        return False

    @property
    def wrong_siret(self) -> str:
        """What is said of a wrong number as soon as it is looked for."""
        return str(NO_SIRET) if self.is_wrong_siret else ""

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
        elif self.is_wrong_siret:
            self.add_error("query", NO_SIRET)
        elif data.get("choice") == OTHER or not self.matches:
            if self.is_siret and not data.get("siret"):
                data["siret"] = _joined(self.query_text)
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
        """Return the organisation of a valid form: one of the directory also by the SIRET that was typed."""
        data = self.cleaned_data
        chosen = next((row for row in self.matches if str(row.pk) == data.get("choice")), None)
        if chosen is None and data.get("siret"):
            chosen = Organisation.objects.filter(siret=data["siret"]).select_related("territory").first()
        if chosen is not None:
            return Employer.known(chosen)
        return Employer(None, data["name"], data["kind"], data["commune"], data.get("siret") or "")
