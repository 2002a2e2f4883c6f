"""The waiting list: offered in order, held, accepted, declined, expired; nobody twice, nothing after the window."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from events.models import Occurrence, SeatCounter
from events.services import save_occurrence
from outbox.models import Message
from registrations.enums import OfferState, RegistrationState
from registrations.models import Offer, Registration, Transition
from registrations.services import (
    NotAllowed,
    OfferClosed,
    accept,
    accept_offer,
    cancel,
    decline_offer,
    expire_offers,
)
from registrations.services.seats import free_seats, wrong_counters
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking, registrations_of, states_of

CONFIRMED, WAITLISTED = RegistrationState.CONFIRMED, RegistrationState.WAITLISTED
OFFERED, DECLINED, EXPIRED = RegistrationState.OFFERED, RegistrationState.DECLINED, RegistrationState.EXPIRED
PARIS = ZoneInfo("Europe/Paris")
HOURS = datetime.timedelta(hours=1)


def change(occurrence, **fields):
    row = Occurrence.objects.get(pk=occurrence.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    return save_occurrence(row)


def offer_of(result):
    return Offer.objects.get(booking=result.booking)


def taken(occurrence):
    return SeatCounter.objects.get(occurrence=occurrence).taken


@pytest.fixture
def full(session_page):
    """A date of two places, both taken by the first booking."""
    return make_occurrence(session_page, capacity=2)


@pytest.fixture
def seated(full):
    return make_booking(full, people=("a", "b"))


def test_a_seat_given_back_is_offered_to_the_first_who_waits_and_held(full, seated):
    first, second = make_booking(full, people=("c",)), make_booking(full, people=("d",))
    cancel(registrations_of(seated)[:1], actor="contact")

    assert (states_of(first), states_of(second)) == ([OFFERED], [WAITLISTED])
    offer = offer_of(first)
    assert (offer.size, offer.state) == (1, OfferState.OPEN)
    assert timezone.now() + 47 * HOURS < offer.expires_at <= timezone.now() + 48 * HOURS
    assert (taken(full), wrong_counters()) == (2, [])
    # Held: whoever comes now waits behind.
    assert states_of(make_booking(full, people=("e",))) == [WAITLISTED]


def test_an_offer_is_told_once_and_gives_no_link_yet(full, seated):
    change(full, video_link="https://visio.example/secret")
    waiting = make_booking(full, people=("c",))
    cancel(registrations_of(seated)[:1], actor="contact")

    told = Message.objects.filter(kind="registration_offered")
    assert {message.recipient for message in told} == {"claire@example.org", "c@example.org"}
    assert not any("visio.example" in f"{message.text}{message.html}" for message in told)
    assert not any(message.attachments for message in told)
    accept_offer(offer_of(waiting))
    accepted = Message.objects.filter(kind="registration_accepted", recipient="c@example.org").get()
    assert "visio.example" in accepted.text
    assert accepted.attachments


def test_accepting_keeps_the_seat_and_declining_gives_it_to_the_next(full, seated):
    first, second = make_booking(full, people=("c",)), make_booking(full, people=("d",))
    cancel(registrations_of(seated)[:1], actor="contact")

    decline_offer(offer_of(first))
    assert (states_of(first), states_of(second)) == ([DECLINED], [OFFERED])
    assert offer_of(first).state == OfferState.DECLINED
    accept_offer(offer_of(second))
    assert states_of(second) == [CONFIRMED]
    assert (taken(full), wrong_counters()) == (2, [])
    steps = Transition.objects.filter(registration__participant__booking=second.booking)
    assert list(steps.values_list("to_state", "actor")) == [
        (WAITLISTED, "contact"),
        (OFFERED, "clock"),
        (CONFIRMED, "contact"),
    ]


def test_a_group_is_asked_as_a_group_and_a_smaller_one_passes_what_does_not_fit(full, seated):
    group, single = make_booking(full, people=("c", "d")), make_booking(full, people=("e",))
    cancel(registrations_of(seated)[:1], actor="contact")
    assert (states_of(group), states_of(single)) == ([WAITLISTED] * 2, [OFFERED])

    decline_offer(offer_of(single))
    cancel(registrations_of(seated)[1:], actor="contact")
    assert states_of(group) == [OFFERED] * 2
    assert offer_of(group).size == 2
    accept_offer(offer_of(group))
    assert states_of(group) == [CONFIRMED] * 2


def test_somebody_of_a_group_who_cancels_frees_one_place_and_leaves_the_others_their_offer(full, seated):
    group, single = make_booking(full, people=("c", "d")), make_booking(full, people=("e",))
    cancel(registrations_of(seated), actor="contact")
    assert states_of(group) == [OFFERED] * 2

    cancel(registrations_of(group)[:1], actor="contact")
    assert (states_of(group), states_of(single)) == ([RegistrationState.CANCELLED, OFFERED], [OFFERED])
    accept_offer(offer_of(group))
    assert states_of(group)[1] == CONFIRMED


def test_an_offer_that_everybody_cancelled_is_withdrawn(full, seated):
    waiting = make_booking(full, people=("c",))
    cancel(registrations_of(seated)[:1], actor="contact")
    cancel(registrations_of(waiting), actor="contact")
    assert offer_of(waiting).state == OfferState.WITHDRAWN
    assert taken(full) == 1
    with pytest.raises(OfferClosed):
        accept_offer(offer_of(waiting))


def test_the_officer_who_gives_the_place_by_hand_answers_the_offer(full, seated):
    waiting = make_booking(full, people=("c",))
    cancel(registrations_of(seated)[:1], actor="contact")
    accept(registrations_of(waiting), actor="officer")
    assert (states_of(waiting), offer_of(waiting).state) == ([CONFIRMED], OfferState.ACCEPTED)


def test_an_offer_past_its_deadline_holds_nothing_and_goes_to_the_next(full, seated):
    first, second = make_booking(full, people=("c",)), make_booking(full, people=("d",))
    cancel(registrations_of(seated)[:1], actor="contact")
    with time_machine.travel(timezone.now() + 49 * HOURS):
        # Nobody has run anything yet: the recount knows.
        assert free_seats(full) == 1
        with pytest.raises(OfferClosed):
            accept_offer(offer_of(first))
        assert expire_offers() == 1
        assert expire_offers() == 0

        assert (states_of(first), states_of(second)) == ([EXPIRED], [OFFERED])
        assert offer_of(first).state == OfferState.EXPIRED
        assert Message.objects.filter(kind="registration_offer_expired").count() == 2
        assert (taken(full), wrong_counters()) == (2, [])


def test_a_booking_ends_an_overdue_offer_without_waiting_for_the_clock(full, seated):
    waiting = make_booking(full, people=("c",))
    cancel(registrations_of(seated)[:1], actor="contact")
    with time_machine.travel(timezone.now() + 49 * HOURS):
        assert states_of(make_booking(full, people=("d",))) == [CONFIRMED]
        assert states_of(waiting) == [EXPIRED]
        assert (taken(full), wrong_counters()) == (2, [])


def test_a_final_state_is_final_and_coming_back_is_a_new_row(full, seated):
    waiting = make_booking(full, people=("c",))
    cancel(registrations_of(seated)[:1], actor="contact")
    decline_offer(offer_of(waiting))
    with pytest.raises(NotAllowed):
        accept(registrations_of(waiting), actor="officer")
    assert states_of(make_booking(full, people=("c",))) == [CONFIRMED]


def test_somebody_promoted_who_cancels_is_not_offered_again(full, seated):
    waiting = make_booking(full, people=("c",))
    cancel(registrations_of(seated)[:1], actor="contact")
    accept_offer(offer_of(waiting))
    cancel(registrations_of(waiting), actor="contact")
    cancel(registrations_of(seated)[1:], actor="contact")
    assert states_of(waiting) == [RegistrationState.CANCELLED]
    assert Offer.objects.count() == 1


def test_three_places_more_are_offered_to_three(full, seated):
    waiting = [make_booking(full, people=(name,)) for name in "cdef"]
    change(full, capacity=5)
    assert [states_of(result) for result in waiting] == [[OFFERED]] * 3 + [[WAITLISTED]]
    assert (taken(full), wrong_counters()) == (5, [])


def test_without_a_limit_everybody_who_waits_is_offered_a_place(full, seated):
    waiting = [make_booking(full, people=(name,)) for name in "cd"]
    change(full, capacity=None)
    assert [states_of(result) for result in waiting] == [[OFFERED]] * 2


def test_no_offer_after_the_window_and_none_that_outlives_it(full, seated):
    waiting = make_booking(full, people=("c",))
    soon = timezone.now() + 3 * HOURS
    change(full, registration_closes=soon)
    cancel(registrations_of(seated)[:1], actor="contact")
    assert offer_of(waiting).expires_at == soon

    late = make_booking(full, people=("d",))
    with time_machine.travel(soon):
        expire_offers()
        assert (states_of(waiting), states_of(late)) == ([EXPIRED], [WAITLISTED])
        cancel(registrations_of(seated)[1:], actor="contact")
        assert states_of(late) == [WAITLISTED]


@pytest.mark.parametrize("fields", [{"status": "postponed"}, {"registration_mode": "by_approval"}])
def test_nothing_is_offered_on_a_date_that_the_officer_decides_about(full, seated, fields):
    waiting = make_booking(full, people=("c",))
    change(full, **fields)
    cancel(registrations_of(seated)[:1], actor="contact")
    assert states_of(waiting) == [WAITLISTED]


def test_nothing_is_offered_on_a_page_that_visitors_may_not_read(full, seated, session_page):
    waiting = make_booking(full, people=("c",))
    session_page.unpublish()
    cancel(registrations_of(seated)[:1], actor="contact")
    assert states_of(waiting) == [WAITLISTED]


@pytest.mark.parametrize("day", [datetime.date(2026, 10, 24), datetime.date(2027, 3, 27)])
def test_an_offer_lasts_48_real_hours_across_a_change_of_clocks(session_page, day):
    with time_machine.travel(datetime.datetime.combine(day, datetime.time(18), tzinfo=PARIS), tick=False):
        date = make_occurrence(session_page, days=30, capacity=1)
        first = make_booking(date, people=("a",))
        waiting = make_booking(date, people=("b",))
        cancel(registrations_of(first), actor="contact")
        offer = offer_of(waiting)
        assert offer.expires_at - offer.offered_at == 48 * HOURS
        assert offer.expires_at.astimezone(PARIS).hour != 18


def test_the_rank_on_the_list_moves_up_when_somebody_is_offered_a_place(full, seated):
    results = [make_booking(full, people=(name,)) for name in "cde"]
    cancel(registrations_of(seated)[:1], actor="contact")
    ranks = Registration.objects.positions([full.pk])
    assert [ranks.get(registrations_of(result)[0].pk) for result in results] == [None, 1, 2]
