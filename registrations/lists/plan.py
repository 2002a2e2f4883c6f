"""What a list of participants would do to a date, line by line: nothing is written here."""

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override, pgettext

from directory.enums import OrganisationKind
from directory.fields import SiretFormField, validate_siret
from directory.models import Organisation
from events.enums import RegistrationMode
from events.models import Occurrence
from registrations.enums import ParticipantCategory, RegistrationState
from registrations.form import ContactForm
from registrations.models import Registration
from registrations.people import person_key
from registrations.services import (
    Employer,
)
from registrations.services.seats import free_seats
from registrations.services.stages import rivals_of

LANGUAGES = ("fr", "en")
# By field, the titles of our own export in both languages, then those that people write.
TITLES = {
    "last_name": ([gettext_noop("Last name")], ["nom", "nom de famille", "surname"]),
    "first_name": ([gettext_noop("First name")], ["prénom"]),
    "email": ([gettext_noop("E-mail")], ["email", "mail", "courriel", "adresse mail", "adresse e-mail"]),
    "phone": ([gettext_noop("Phone")], ["tél", "telephone"]),
    "job_title": ([gettext_noop("Job title")], ["poste", "fonction"]),
    "category": ([gettext_noop("Takes part as")], ["qualité", "capacity"]),
    "organisation": ([gettext_noop("Organisation")], ["organisme", "structure", "employeur", "collectivité"]),
    "kind": ([gettext_noop("Kind of organisation")], ["type d'organisme", "type de structure"]),
    "commune": ([gettext_noop("Commune")], ["ville", "town"]),
    "siret": ([gettext_noop("SIRET")], []),
}
NEEDED = ("last_name", "first_name", "email")
LENGTHS = {"job_title": 150, "organisation": 200, "commune": 120}


@dataclass(frozen=True)
class ListedPerson:
    """A line that may be registered: plain values, which travel from the dry run to the confirmation."""

    first_name: str
    last_name: str
    email: str
    phone: str
    job_title: str
    category: str
    organisation_id: int | None
    organisation: str
    kind: str
    commune: str
    siret: str


@dataclass
class ListLine:
    """A line of the list: who it names, what is wrong with it, and what registering it would do."""

    number: int
    name: str
    person: ListedPerson | None = None
    errors: list[str] = field(default_factory=list)
    outcome: str = ""


@dataclass
class ListPlan:
    """The dry run of a list."""

    lines: list[ListLine]
    unknown: list[str]
    missing: list[str]

    @property
    def people(self) -> list[ListedPerson]:
        """Those who would be registered."""
        return [line.person for line in self.lines if line.person and not line.errors]

    @property
    def faulty(self) -> list[ListLine]:
        """The lines that would be left out."""
        return [line for line in self.lines if line.errors]


def plain(text: str) -> str:
    """Return a title as one compares it: without case, accents or punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c)).split())


def _titles() -> dict[str, str]:
    """Return by plain title the field that it stands for."""
    known = {}
    for name, (ours, others) in TITLES.items():
        for language in LANGUAGES:
            with override(language):
                known.update({plain(_(title)): name for title in ours})
        known.update({plain(title): name for title in others})
    return known


def _choices(enum: Any) -> dict[str, str]:
    """Return by plain label, in both languages, and by value the members of a closed list."""
    found = {plain(value): value for value in enum.values}
    for language in LANGUAGES:
        with override(language):
            found.update({plain(str(label)): value for value, label in enum.choices})
    return found


def plan_list(
    rows: list[list[str]], occurrence: Occurrence, category: ParticipantCategory, kind: OrganisationKind
) -> ListPlan:
    """Return what registering the people of a list for a date would do. Nothing is written.

    `category` and `kind` stand for what a line does not say. The first row holds the titles.
    """
    titles = _titles()
    columns = [titles.get(plain(cell), "") for cell in rows[0]]
    missing = [_(TITLES[name][0][0]) for name in NEEDED if name not in columns]
    unknown = [cell for cell, name in zip(rows[0], columns, strict=True) if cell and not name]
    if missing:
        return ListPlan([], unknown, missing)
    reader = _Reader(category, kind)
    lines = [
        reader.line(number, {name: cell for name, cell in zip(columns, row, strict=False) if name})
        for number, row in enumerate(rows[1:], 2)
    ]
    _mark_registered(lines, occurrence)
    _tell_outcomes(lines, occurrence)
    return ListPlan(lines, unknown, [])


class _Reader:
    """Reads the lines of one list."""

    def __init__(self, category: ParticipantCategory, kind: OrganisationKind) -> None:
        self.category, self.kind = category, kind
        self.categories, self.kinds = _choices(ParticipantCategory), _choices(OrganisationKind)
        self.by_name: dict[str, Organisation] = {}
        self.by_siret: dict[str, Organisation] = {}
        for row in Organisation.objects.select_related("territory").order_by("-pk"):
            self.by_name.update({plain(text): row for text in (row.acronym, row.name_en, row.name) if text})
            self.by_siret.update({row.siret: row} if row.siret else {})
        self.seen: dict[str, int] = {}

    def line(self, number: int, cells: dict[str, str]) -> ListLine:
        """Return one line, checked."""
        form = ContactForm({name: cells.get(name, "") for name in ("first_name", "last_name", "email", "phone")})
        line = ListLine(number, f"{cells.get('first_name', '')} {cells.get('last_name', '')}".strip())
        if not form.is_valid():
            colon = pgettext("before a state", ": ")
            line.errors = [f"{form.fields[name].label}{colon}{' '.join(texts)}" for name, texts in form.errors.items()]
            return line
        category = self._choice(line, "category", cells, self.categories, self.category)
        kind = self._choice(line, "kind", cells, self.kinds, self.kind)
        employer = self._employer(line, cells, kind)
        for name, length in LENGTHS.items():
            if len(cells.get(name, "")) > length:
                line.errors.append(_("%(title)s: too long.") % {"title": _(TITLES[name][0][0])})
        key = person_key(form.cleaned_data["email"])
        first = self.seen.setdefault(key, number)
        if first != number:
            line.errors.append(_("The same person as on line %(number)d.") % {"number": first})
        line.person = ListedPerson(
            **form.cleaned_data,
            job_title=cells.get("job_title", ""),
            category=category,
            organisation_id=employer.organisation.pk if employer.organisation else None,
            organisation=employer.name,
            kind=employer.kind,
            commune=employer.commune,
            siret=employer.siret,
        )
        return line

    @staticmethod
    def _choice(line: ListLine, name: str, cells: dict[str, str], known: dict[str, str], default: str) -> str:
        typed = cells.get(name, "")
        if typed and plain(typed) not in known:
            line.errors.append(
                _("%(title)s: “%(typed)s” is not known.") % {"title": _(TITLES[name][0][0]), "typed": typed}
            )
        return known.get(plain(typed), str(default))

    def _employer(self, line: ListLine, cells: dict[str, str], kind: str) -> Employer:
        """Return the organisation: of the directory by SIRET, name or acronym, else as it is described."""
        name, siret = cells.get("organisation", ""), cells.get("siret", "").replace(" ", "")
        known = self.by_siret.get(siret) or self.by_name.get(plain(name))
        if known:
            return Employer.known(known)
        if not name:
            line.errors.append(_("The organisation is missing."))
        try:
            siret = SiretFormField(required=False, validators=[validate_siret]).clean(siret)
        except ValidationError as error:
            line.errors += error.messages
        return Employer(None, name, kind, cells.get("commune", ""), siret)


def _mark_registered(lines: Iterable[ListLine], occurrence: Occurrence) -> None:
    """Leave out those who are registered already, for this date or another one of the same session."""
    dates = {occurrence.pk, *rivals_of([occurrence.pk]).get(occurrence.pk, ())}
    rows = Registration.objects.active().filter(occurrence_id__in=dates)
    there = set(rows.values_list("person_key", flat=True))
    for line in lines:
        if line.person and person_key(line.person.email) in there:
            line.errors.append(_("Already registered."))


def _tell_outcomes(lines: Iterable[ListLine], occurrence: Occurrence) -> None:
    """Say for each line that will be registered whether it finds a place, should nobody come in between."""
    free = free_seats(occurrence)
    if free is not None:
        free -= Registration.objects.filter(occurrence=occurrence).waiting().count()
    is_held = occurrence.registration_mode == RegistrationMode.BY_APPROVAL_HELD
    seated = RegistrationState.PENDING if is_held else RegistrationState.CONFIRMED
    for line in lines:
        if line.errors:
            continue
        if occurrence.registration_mode == RegistrationMode.BY_APPROVAL:
            line.outcome = str(RegistrationState.PENDING.label)
        elif free is None or free > 0:
            line.outcome = str(seated.label)
            free = None if free is None else free - 1
        else:
            line.outcome = str(RegistrationState.WAITLISTED.label)


def as_plain(people: Iterable[ListedPerson]) -> list[dict[str, Any]]:
    """Return people as values that a signed field carries; `ListedPerson(**values)` makes them again."""
    return [asdict(row) for row in people]
