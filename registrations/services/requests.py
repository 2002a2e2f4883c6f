"""What is asked of the booking service, and what it answers."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User

from directory.enums import TerritoryLevel
from directory.models import Organisation
from directory.official_territories import OfficialTerritory, official_by_siret, official_named
from directory.typed_names import words_of
from registrations.enums import ParticipantCategory
from registrations.models import Booking
from registrations.people import person_key
from registrations.services.answering import GivenAnswer


@dataclass(frozen=True)
class Contact:
    """Who books, and reads our messages."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class Employer:
    """The organisation: one of the directory, or one described by its name, kind and commune."""

    organisation: Organisation | None
    name: str
    kind: str
    commune: str = ""
    siret: str = ""

    @classmethod
    def known(cls, organisation: Organisation) -> "Employer":
        """Return an organisation of the directory, as it is today."""
        commune = organisation.territory.name if organisation.territory else ""
        return cls(organisation, organisation.name, organisation.kind, commune, organisation.siret)

    @property
    def place(self) -> OfficialTerritory | None:
        """Where an organisation that the directory does not know is: by its SIRET, where it is an authority's own, else
        by its commune, where only one in France has this name."""
        if self.organisation is not None:
            return None
        if found := official_by_siret(self.siret):
            return found
        named = [row for row in official_named(words_of(self.commune)) if row.level == TerritoryLevel.COMMUNE]
        return named[0] if len(named) == 1 else None


@dataclass(frozen=True)
class Person:
    """Somebody who takes part."""

    first_name: str
    last_name: str
    email: str
    category: str
    job_title: str = ""
    # Kept apart, and not for long: see `registrations.needs`.
    accessibility: str = ""
    diet: str = ""

    @property
    def key(self) -> str:
        """The person's e-mail, as one compares it."""
        return person_key(self.email)

    @property
    def category_label(self) -> str:
        """In which capacity they take part, in the active language."""
        return str(ParticipantCategory(self.category).label)

    @property
    def identity(self) -> dict[str, str]:
        """What a participant keeps of them."""
        names = ("first_name", "last_name", "email", "job_title", "category")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class BillingReferences:
    """What a public body asks its invoices to name."""

    service_code: str = ""
    engagement_number: str = ""


@dataclass(frozen=True)
class BookingRequest:
    """One booking: a contact, an organisation, people, dates. The same `key` never books twice.

    `shown_prices` is the `fingerprint` of the price lines that the contact agreed to; None where nobody saw any.
    """

    key: UUID
    language: str
    contact: Contact
    employer: Employer
    people: tuple[Person, ...]
    occurrence_ids: tuple[int, ...]
    consent_wording: str
    shown_prices: str | None = None
    # Typed in the form: see `registrations.services.proofs`.
    membership_code: str = ""
    billing: BillingReferences = BillingReferences()
    # The officer who takes the booking by telephone or from a list: the window of registration does not count, the
    # seats do, and a membership needs no other proof.
    user: User | None = None
    # What people were asked and answered; `shown_questions` is the `fingerprint_of` what they were asked, None where
    # nobody was asked anything, as for a list.
    answers: tuple[GivenAnswer, ...] = ()
    shown_questions: str | None = None

    @property
    def by_officer(self) -> bool:
        """True when an officer makes the booking."""
        return self.user is not None

    def __post_init__(self) -> None:
        """Raise ValueError for a request that no form lets through."""
        if not self.people or not self.occurrence_ids:
            raise ValueError("A booking needs people and dates.")
        if len({person.key for person in self.people}) != len(self.people):
            raise ValueError("A booking names each person once.")


@dataclass(frozen=True)
class BookingResult:
    """The booking. `created` is False when its key had booked before: nothing was written this time."""

    booking: Booking
    created: bool
