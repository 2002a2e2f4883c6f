"""The officer moves people to another date, and calls a date off: all of it or nothing, with its messages."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from cycles.models import SessionPage
from events.enums import OccurrenceStatus
from events.models import Occurrence, SeatCounter
from home.roles import EDITOR, PUBLISHER, TRAINING_OFFICER
from outbox.models import Message
from registrations.models import Registration, Transition
from registrations.services import (
    AlreadyRegistered,
    NoSeatLeft,
    NotAllowed,
    NotBookable,
    PriceChanged,
    call_off,
    move_people,
    moves_of,
)
from registrations.services.moving import fingerprint_of
from registrations.services.seats import wrong_counters
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.pages import make_page
from tests.factories.registrations import make_booking, registrations_of, states_of
from tests.roles import sign_in_as

ROLES = [(None, False), (EDITOR, False), (PUBLISHER, False), (TRAINING_OFFICER, True)]


@pytest.fixture
def sign_in(client, db):
    """Return a function that signs in somebody of a role."""
    return lambda role: sign_in_as(client, role, "en")


@pytest.fixture
def other(session_page):
    return make_occurrence(session_page, days=60, capacity=5)


def post(user, name, occurrence, rows=(), **data):
    address = reverse(f"registrations_admin:{name}", args=[occurrence.pk])
    return user.post(address, {**data, "ids": [row.pk for row in rows]}, follow=True)


def places(date):
    return Registration.objects.filter(occurrence=date).seated().count()


# Moving


def test_people_are_moved_with_their_price_and_read_it(occurrence, other):
    booked = make_booking(occurrence, people=("ines", "omar"))
    new = move_people(registrations_of(booked), other.pk, reason="The train is cancelled")
    assert [row.state for row in new] == ["confirmed", "confirmed"]
    assert (places(occurrence), places(other)) == (0, 2)
    assert wrong_counters() == []
    assert {row.to_state for row in Transition.objects.filter(registration__occurrence=occurrence)} == {
        "confirmed",
        "cancelled",
    }
    last = Transition.objects.filter(registration__occurrence=occurrence).latest("pk")
    assert "The train is cancelled" in last.reason
    letter = Message.objects.get(kind="registration_moved", recipient="ines@example.org")
    assert "The train is cancelled" in letter.text
    assert len(letter.attachments) == 2


def test_what_becomes_free_is_offered_to_who_waits(session_page, other):
    date = make_occurrence(session_page, capacity=1)
    seated, waiting = make_booking(date, people=("ines",)), make_booking(date, people=("omar",))
    move_people(registrations_of(seated), other.pk)
    assert states_of(waiting) == ["offered"]


def test_nobody_is_moved_where_one_does_not_fit(occurrence, session_page):
    small = make_occurrence(session_page, days=60, capacity=1)
    booked = make_booking(occurrence, people=("ines", "omar"))
    letters = Message.objects.count()
    with pytest.raises(NoSeatLeft):
        move_people(registrations_of(booked), small.pk)
    assert states_of(booked) == ["confirmed", "confirmed"]
    assert (places(small), Message.objects.count()) == (0, letters)
    assert wrong_counters() == []


def test_what_cannot_be_moved_is_refused(occurrence, other, session_page):
    booked = make_booking(occurrence, people=("ines",))
    row = registrations_of(booked)[0]
    elsewhere = make_page(SessionPage, "Ailleurs", make_page_parent(session_page))
    with pytest.raises(NotAllowed):
        move_people([row], occurrence.pk)
    with pytest.raises(NotAllowed):
        move_people([row], make_occurrence(elsewhere).pk)
    with pytest.raises(NotBookable):
        move_people([row], make_occurrence(session_page, days=40, status=OccurrenceStatus.CANCELLED).pk)
    Registration.objects.filter(pk=row.pk).update(state="cancelled")
    with pytest.raises(NotAllowed):
        move_people([row], other.pk)


def make_page_parent(page):
    return page.get_parent()


def test_somebody_registered_for_both_is_not_moved_onto_themself(occurrence, other):
    booked = make_booking(occurrence, people=("ines",))
    make_booking(other, people=("ines",))
    with pytest.raises(AlreadyRegistered) as caught:
        move_people(registrations_of(booked), other.pk)
    assert caught.value.people[0].first_name == "Ines"
    assert places(other) == 1


def test_the_agreed_price_goes_along_unless_the_dates_cost_differently(session_page):
    prices, dearer = make_price_list(), make_price_list(non_member=200)
    here = make_occurrence(session_page, price_list=prices)
    row = registrations_of(make_booking(here))[0]
    Registration.objects.filter(pk=row.pk).update(waived_amount=50, waiver_reason="Speaks in the afternoon")
    row = registrations_of_date(here)[0]
    same, other = (make_occurrence(session_page, days=50, price_list=row_) for row_ in (prices, dearer))
    assert [move.differs for move in (*moves_of([row], same), *moves_of([row], other))] == [False, True]
    assert moves_of([row], other)[0].new.most == 200

    kept = move_people([row], same.pk)[0]
    assert (kept.price_amount, kept.waived_amount, kept.waiver_reason) == (150, 50, "Speaks in the afternoon")
    changed = move_people([kept], other.pk)[0]
    assert (changed.price_amount, changed.waived_amount) == (200, 0)


def registrations_of_date(date):
    return list(Registration.objects.filter(occurrence=date).with_people().order_by("pk"))


def test_a_price_that_changed_since_it_was_shown_stops_the_move(occurrence, other):
    rows = registrations_of(make_booking(occurrence))
    shown = fingerprint_of(moves_of(rows, other))
    other.price_list = make_price_list()
    other.save()
    with pytest.raises(PriceChanged):
        move_people(rows, other.pk, shown_prices=shown)
    assert places(other) == 0


@pytest.mark.parametrize(("role", "allowed"), ROLES)
def test_who_may_move_people(sign_in, occurrence, other, role, allowed):
    rows = registrations_of(make_booking(occurrence))
    user = sign_in(role)
    post(user, "move", occurrence, rows, target=other.pk, prices=fingerprint_of(moves_of(rows, other)), confirm="1")
    assert places(other) == int(allowed)


def test_the_officer_sees_the_prices_before_anybody_is_moved(sign_in, occurrence, other):
    rows = registrations_of(make_booking(occurrence))
    user = sign_in(TRAINING_OFFICER)
    assert "5 free places" in post(user, "move", occurrence, rows).content.decode()
    page = post(user, "move", occurrence, rows, target=other.pk, preview="1").content.decode()
    assert "the same" in page
    assert places(other) == 0


def test_dates_with_places_come_first_and_one_that_is_too_small_is_refused_before_it_is_confirmed(
    sign_in, occurrence, other, session_page
):
    rows = registrations_of(make_booking(occurrence, people=("a", "b")))
    full = make_occurrence(session_page, days=40, capacity=1)
    small = make_occurrence(session_page, days=50, capacity=1)
    make_booking(full)
    user = sign_in(TRAINING_OFFICER)
    choices = post(user, "move", occurrence, rows).context["form"].fields["target"].choices
    assert [key for key, _label in choices] == [other.pk, small.pk, full.pk]
    assert choices[-1][1].endswith("(full)")
    page = post(user, "move", occurrence, rows, target=small.pk, preview="1").content.decode()
    assert "There are not enough free places on that date" in page
    assert "Move these people" not in page
    Occurrence.objects.filter(pk=other.pk).update(capacity=1)
    assert post(user, "move", occurrence, rows).context["form"].fields["target"].choices[0][0] == ""


def test_a_place_that_there_is_not_is_refused_before_it_is_confirmed(sign_in, session_page):
    full = make_occurrence(session_page, capacity=1)
    make_booking(full)
    waiting = registrations_of(make_booking(full, people=("omar",)))
    user, address = sign_in(TRAINING_OFFICER), reverse("registrations_admin:decide", args=[full.pk, "accept"])
    page = user.post(address, {"ids": [waiting[0].pk]}).content.decode()
    assert "There are not enough free places" in page
    assert 'name="confirm"' not in page
    Occurrence.objects.filter(pk=full.pk).update(capacity=2)
    assert 'name="confirm"' in user.post(address, {"ids": [waiting[0].pk]}).content.decode()


def test_what_a_form_never_sends_moves_nobody(sign_in, occurrence, other):
    rows = registrations_of(make_booking(occurrence))
    strangers = registrations_of(make_booking(other, people=("omar",)))
    user = sign_in(TRAINING_OFFICER)
    for data in ({"target": "x"}, {"target": occurrence.pk}, {"target": other.pk, "prices": "1:0"}):
        assert post(user, "move", occurrence, rows, confirm="1", **data).status_code == 200
    post(user, "move", occurrence, [*rows, *strangers], target=other.pk, confirm="1")
    post(user, "move", occurrence, [], target=other.pk, confirm="1")
    assert (places(occurrence), places(other)) == (1, 1)
    assert user.get(reverse("registrations_admin:move", args=[occurrence.pk])).status_code == 405


# Calling a date off


def test_a_cancelled_date_cancels_everybody_and_tells_them_why(occurrence):
    seated = make_booking(occurrence, people=("ines", "omar"))
    user = User.objects.create_user("officer")
    call_off(occurrence.pk, OccurrenceStatus.CANCELLED, reason="The room is flooded", user=user)
    occurrence.refresh_from_db()
    assert (occurrence.status, states_of(seated)) == (OccurrenceStatus.CANCELLED, ["cancelled", "cancelled"])
    assert SeatCounter.objects.get(occurrence=occurrence).taken == 0
    last = Transition.objects.latest("pk")
    assert (last.user, last.actor, last.reason) == (user, "officer", "The room is flooded")
    letters = Message.objects.filter(kind="registration_called_off")
    assert sorted(letters.values_list("recipient", flat=True)) == [
        "claire@example.org",
        "ines@example.org",
        "omar@example.org",
    ]
    assert all("The room is flooded" in letter.text for letter in letters)


def test_a_postponed_date_keeps_its_registrations(occurrence):
    seated = make_booking(occurrence)
    call_off(occurrence.pk, OccurrenceStatus.POSTPONED, reason="A strike")
    assert states_of(seated) == ["confirmed"]
    assert Message.objects.filter(kind="registration_postponed", text__contains="A strike").count() == 2


def test_a_failure_on_the_way_leaves_the_date_as_it_was(occurrence, monkeypatch):
    seated = make_booking(occurrence)

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("registrations.messages.writing.queue_messages", fail)
    with pytest.raises(RuntimeError, match="disk"):
        call_off(occurrence.pk, OccurrenceStatus.CANCELLED)
    assert Occurrence.objects.get(pk=occurrence.pk).status == OccurrenceStatus.SCHEDULED
    assert states_of(seated) == ["confirmed"]


def test_only_these_two_call_a_date_off(occurrence):
    with pytest.raises(ValueError, match="scheduled"):
        call_off(occurrence.pk, OccurrenceStatus.SCHEDULED)


@pytest.mark.parametrize(("role", "allowed"), ROLES)
def test_who_may_call_a_date_off(sign_in, occurrence, role, allowed):
    seated = make_booking(occurrence)
    post(sign_in(role), "call_off", occurrence, status="cancelled", reason="Flood")
    assert (states_of(seated) == ["cancelled"]) is allowed


def test_the_officer_reads_how_many_will_be_written_to(sign_in, occurrence):
    make_booking(occurrence, people=("ines", "omar"))
    user = sign_in(TRAINING_OFFICER)
    page = user.get(reverse("registrations_admin:call_off", args=[occurrence.pk])).content.decode()
    assert "2 people have a place" in page
    assert "3 messages will be written" in page
    assert post(user, "call_off", occurrence, status="held").status_code == 422
    assert Occurrence.objects.get(pk=occurrence.pk).status == OccurrenceStatus.SCHEDULED


def test_a_date_is_cancelled_once_and_not_after_it_was_held(sign_in, session_page):
    user = sign_in(TRAINING_OFFICER)
    past = make_occurrence(session_page, days=-3)
    post(user, "call_off", past, status="cancelled")
    assert Occurrence.objects.get(pk=past.pk).status == OccurrenceStatus.SCHEDULED
