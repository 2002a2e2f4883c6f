"""Every change of a seat: booking, cancelling, accepting, and keeping the counters true."""

from registrations.people import has_domain
from registrations.services.answering import GivenAnswer, save_answers
from registrations.services.billing import change_references, lacking, lacking_in, need_of, references_of
from registrations.services.booking import book, priced_lines
from registrations.services.calling_off import NewDate, call_off, give_new_date
from registrations.services.contacting import contact_of, correct_contact, own_participant, send_private_link
from registrations.services.copying import copy_questions
from registrations.services.deciding import accept, cancel, reject
from registrations.services.errors import (
    AlreadyRegistered,
    AlreadySettled,
    BookingRefused,
    NoSeatLeft,
    NotAllowed,
    NotBookable,
    OfferClosed,
    OneOfThem,
    PriceChanged,
    QuestionsChanged,
    TooBusy,
)
from registrations.services.moving import move_people, moves_of
from registrations.services.prices import PriceLine, fingerprint, price_lines, total_of
from registrations.services.proofs import is_code_of, memberships_to_prove, settle, waits_for_proof
from registrations.services.replacing import correct, hand_over, handover_of
from registrations.services.requests import BillingReferences, BookingRequest, BookingResult, Contact, Employer, Person
from registrations.services.seats import outcome_for, seat_transaction
from registrations.services.waiting import accept_offer, decline_offer, expire_offers, seat_change
from registrations.services.waiving import waive

__all__ = [
    "AlreadyRegistered",
    "AlreadySettled",
    "BillingReferences",
    "BookingRefused",
    "BookingRequest",
    "BookingResult",
    "Contact",
    "Employer",
    "GivenAnswer",
    "NewDate",
    "NoSeatLeft",
    "NotAllowed",
    "NotBookable",
    "OfferClosed",
    "OneOfThem",
    "Person",
    "PriceChanged",
    "PriceLine",
    "QuestionsChanged",
    "TooBusy",
    "accept",
    "accept_offer",
    "book",
    "call_off",
    "cancel",
    "change_references",
    "contact_of",
    "copy_questions",
    "correct",
    "correct_contact",
    "decline_offer",
    "expire_offers",
    "fingerprint",
    "give_new_date",
    "hand_over",
    "handover_of",
    "has_domain",
    "is_code_of",
    "lacking",
    "lacking_in",
    "memberships_to_prove",
    "move_people",
    "moves_of",
    "need_of",
    "outcome_for",
    "own_participant",
    "price_lines",
    "priced_lines",
    "references_of",
    "reject",
    "save_answers",
    "seat_change",
    "seat_transaction",
    "send_private_link",
    "settle",
    "total_of",
    "waits_for_proof",
    "waive",
]
