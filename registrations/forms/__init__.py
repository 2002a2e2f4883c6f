"""The parts of the public registration form."""

from registrations.forms.consent import ConsentForm, retention_notice
from registrations.forms.fields import typed
from registrations.forms.organisation import OrganisationForm
from registrations.forms.people import (
    MAX_PEOPLE,
    ContactForm,
    PeopleForms,
    PersonForm,
    posted_lines,
    too_many_lines,
)

__all__ = [
    "MAX_PEOPLE",
    "ConsentForm",
    "ContactForm",
    "OrganisationForm",
    "PeopleForms",
    "PersonForm",
    "posted_lines",
    "retention_notice",
    "too_many_lines",
    "typed",
]
