"""Bookings with their participants, and the registrations that seats are counted from."""

from registrations.models.bookings import Booking, Participant
from registrations.models.offers import Offer
from registrations.models.registrations import Registration, Transition

__all__ = ["Booking", "Offer", "Participant", "Registration", "Transition"]
