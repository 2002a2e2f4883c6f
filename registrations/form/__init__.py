"""The parts of the public registration form."""

from registrations.form.billing import BillingForm
from registrations.form.consent import ConsentForm, retention_notice
from registrations.form.fields import typed
from registrations.form.organisation import OrganisationForm
from registrations.form.people import (
    MAX_PEOPLE,
    ContactForm,
    PeopleForms,
    PersonForm,
    posted_lines,
    too_many_lines,
)

__all__ = [
    "MAX_PEOPLE",
    "BillingForm",
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
