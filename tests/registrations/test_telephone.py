"""Somebody registered by telephone, prices settled and messages sent by the officer."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from events.enums import RegistrationMode
from home.roles import EDITOR, PUBLISHER, TRAINING_OFFICER
from outbox.models import Message
from registrations.models import Booking, Registration, Transition
from tests.factories.events import in_days, make_occurrence, make_price_list
from tests.factories.registrations import make_booking, registrations_of
from tests.registrations.visitor import answers
from tests.roles import sign_in_as

ROLES = [(None, False), (EDITOR, False), (PUBLISHER, False), (TRAINING_OFFICER, True)]


@pytest.fixture
def sign_in(client, db):
    """Return a function that signs in somebody of a role."""
    return lambda role=TRAINING_OFFICER: sign_in_as(client, role, "en", first_name="Julie", last_name="Vasseur")


def filled(*dates, action="confirm", **changes):
    chosen = {"dates": [date.pk for date in dates], "language": "fr", "people-count": "1", "action": action}
    return answers(**{**chosen, **changes})


def address(date):
    return reverse("registrations_admin:register", args=[date.pk])


def shown_prices(response):
    return response.context["shown_prices"]


def test_the_officer_registers_somebody_who_telephones(sign_in, occurrence):
    user = sign_in()
    assert user.get(address(occurrence)).status_code == 200
    summary = user.post(address(occurrence), filled(occurrence, action="continue"))
    assert "confirmed at once" in summary.content.decode()
    assert not Booking.objects.exists()

    carried = {name: value for name, value in summary.context["hidden_values"] if name != "dates"}
    carried |= {"dates": [occurrence.pk], "shown_prices": shown_prices(summary), "action": "confirm"}
    for _twice in range(2):
        user.post(address(occurrence), carried)
    booking = Booking.objects.get()
    assert booking.taken_by.username == TRAINING_OFFICER
    assert "par téléphone à Julie Vasseur" in booking.consent_wording
    step = Transition.objects.get()
    assert (step.to_state, step.actor, step.user.username) == ("confirmed", "officer", TRAINING_OFFICER)
    assert Message.objects.filter(recipient="claire@example.org").count() == 1


def test_window_and_traps_do_not_count_but_seats_do(sign_in, session_page):
    closed = timezone.now() - datetime.timedelta(days=1)
    date = make_occurrence(session_page, capacity=1, registration_closes=closed)
    user = sign_in()
    user.post(address(date), filled(date, shown_prices=_free(date)))
    assert [row.state for row in Registration.objects.all()] == ["confirmed"]
    second = filled(date, shown_prices=_free(date), **{"contact-email": "omar@example.org"})
    user.post(address(date), second)
    assert [row.state for row in Registration.objects.order_by("pk")] == ["confirmed", "waitlisted"]


def _free(*dates):
    return ",".join(f"{date.pk}:0.00-0.00EUR" for date in dates)


def test_several_dates_of_a_cycle_are_booked_at_once(sign_in, session_page):
    dates = [make_occurrence(session_page, days=days) for days in (20, 40)]
    sign_in().post(address(dates[0]), filled(*dates, shown_prices=_free(*dates)))
    assert Registration.objects.count() == 2
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"contact-email": "claire"},
        {"dates": []},
        {"dates": ["x"]},
        {"dates": ["999999"]},
        {"language": "de"},
        {"consent-agreed": ""},
        {"people-0-is_contact": ""},
        {"organisation-query": ""},
        {"people-count": "many"},
        {"contact-first_name": "a\0b"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(sign_in, occurrence, changes):
    response = sign_in().post(address(occurrence), filled(occurrence, shown_prices=_free(occurrence), **changes))
    if changes != {"people-count": "many"}:
        assert response.status_code == 200
        assert "Something is missing or wrong" in response.content.decode()
        assert "Dubois" in response.content.decode()
        assert not Booking.objects.exists()


def test_lines_are_added_and_removed_without_any_script(sign_in, occurrence):
    user = sign_in()
    page = user.post(address(occurrence), filled(occurrence, action="add")).content.decode()
    assert "people-1-email" in page
    assert "Association des voisins" in page
    lines = {"people-count": "2", "people-1-email": "omar@example.org", "remove": "1"}
    assert "people-1-email" not in user.post(address(occurrence), filled(occurrence, **lines)).content.decode()


def test_somebody_registered_already_or_a_changed_price_books_nothing(sign_in, occurrence):
    user = sign_in()
    make_booking(occurrence, people=("claire",))
    page = user.post(address(occurrence), filled(occurrence, shown_prices=_free(occurrence))).content.decode()
    assert "already registered" in page
    other = {"contact-email": "lea@example.org", "shown_prices": "1:150"}
    page = user.post(address(occurrence), filled(occurrence, **other)).content.decode()
    assert "A price has changed" in page
    assert Booking.objects.count() == 1


def test_a_date_that_takes_nobody_is_not_offered(sign_in, session_page):
    past = make_occurrence(session_page, days=-2)
    elsewhere = make_occurrence(session_page, registration_mode=RegistrationMode.NONE)
    user = sign_in()
    for date in (past, elsewhere):
        assert user.get(address(date)).status_code == 302
        assert user.post(address(date), filled(date)).status_code == 302
    assert not Booking.objects.exists()


@pytest.mark.parametrize(("role", "allowed"), ROLES)
def test_who_may_register_others_settle_prices_and_write(sign_in, occurrence, role, allowed):
    user = sign_in(role)
    user.post(address(occurrence), filled(occurrence, shown_prices=_free(occurrence)))
    assert Booking.objects.exists() is allowed
    make_booking(occurrence, people=("omar",))
    user.post(reverse("registrations_admin:write", args=[occurrence.pk, "joining-instructions"]))
    assert Message.objects.filter(kind="registration_joining_instructions").exists() is allowed


def test_joining_instructions_leave_once_and_again_only_when_asked(sign_in, occurrence):
    make_booking(occurrence, people=("omar",))
    user = sign_in()
    where = reverse("registrations_admin:write", args=[occurrence.pk, "joining-instructions"])
    assert "1 person has a place" in user.get(where).content.decode()
    user.post(where)
    user.post(where)
    sent = Message.objects.filter(kind="registration_joining_instructions")
    assert sorted(sent.values_list("recipient", flat=True)) == ["claire@example.org", "omar@example.org"]
    unknown = reverse("registrations_admin:write", args=[occurrence.pk, "gossip"])
    assert user.post(unknown, follow=True).status_code == 404


@pytest.mark.parametrize(("answer", "amount"), [("member", 0), ("other", 150)])
@pytest.mark.parametrize(("role", "allowed"), ROLES)
def test_the_officer_settles_a_price_that_waits_for_a_proof(sign_in, session_page, role, allowed, answer, amount):
    date = make_occurrence(session_page, price_list=make_price_list(), day=in_days(30))
    row = registrations_of(make_booking(date))[0]
    Registration.objects.filter(pk=row.pk).update(
        price_amount=None, price_rule="to_be_confirmed", price_if_member=0, price_otherwise=150
    )
    Booking.objects.update(proof_method="")
    user = sign_in(role)
    where = reverse("registrations_admin:settle", args=[row.participant.booking_id])
    user.post(where, {"answer": "perhaps"})
    user.post(f"{where}?date={date.pk}", {"answer": answer})
    settled = Registration.objects.get(pk=row.pk).price_amount
    assert settled == (amount if allowed else None)
