"""Bookings with their participants, the registrations that seats are counted from, and who may look at them."""

from registrations.models.access import AccessLink, CalendarFeed, OpenSpace
from registrations.models.bookings import Booking, Participant
from registrations.models.co_organisers import CoOrganiser, CoOrganiserExport
from registrations.models.needs import Needs
from registrations.models.offers import Offer
from registrations.models.questions import Answer, Question, QuestionChoice
from registrations.models.referents import Referent
from registrations.models.registrations import Registration, Transition

__all__ = [
    "AccessLink",
    "Answer",
    "Booking",
    "CalendarFeed",
    "CoOrganiser",
    "CoOrganiserExport",
    "Needs",
    "Offer",
    "OpenSpace",
    "Participant",
    "Question",
    "QuestionChoice",
    "Referent",
    "Registration",
    "Transition",
]
