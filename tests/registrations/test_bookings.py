"""What a booking writes, refuses and freezes."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Fee, Occurrence, SeatCounter
from events.services import save_occurrence
from outbox.models import Message
from registrations.enums import ACTIVE, TRANSITIONS, RegistrationState
from registrations.models import Booking, Registration, Transition
from registrations.people import person_key
from registrations.services import (
    AlreadyRegistered,
    Employer,
    NoSeatLeft,
    NotAllowed,
    NotBookable,
    PriceChanged,
    accept,
    cancel,
    fingerprint,
    price_lines,
    reject,
)
from registrations.services import booking as booking_module
from registrations.services import waiting as waiting_module
from registrations.services.seats import wrong_counters
from tests.factories.directory import MembershipFactory, OrganisationFactory, make_territory
from tests.factories.events import in_days, make_occurrence, make_price_list
from tests.factories.registrations import (
    CONSENT,
    NOBODY_KNOWN,
    make_booking,
    make_person,
    make_request,
    registrations_of,
    states_of,
)

CONFIRMED, WAITLISTED = RegistrationState.CONFIRMED, RegistrationState.WAITLISTED


def counter_of(occurrence):
    counter = SeatCounter.objects.get(occurrence=occurrence)
    return counter.taken, counter.allowed


def change(occurrence, **fields):
    row = Occurrence.objects.get(pk=occurrence.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    return save_occurrence(row)


# Seats


def test_a_booking_keeps_who_what_and_to_what_one_agreed(occurrence):
    result = make_booking(occurrence, people=("ines", "omar"))

    booking = Booking.objects.get()
    assert result.created
    assert (booking.contact_name, booking.email, booking.phone) == (
        "Claire Dubois",
        "claire@example.org",
        "03 20 00 00 00",
    )
    assert (booking.organisation, booking.organisation_name) == (None, "Association des voisins")
    assert booking.consent_wording == CONSENT
    assert timezone.now() - booking.consent_at < datetime.timedelta(minutes=1)
    assert len(booking.token) == 43
    assert states_of(result) == [CONFIRMED, CONFIRMED]
    assert counter_of(occurrence) == (2, 5)
    history = Transition.objects.get(registration=registrations_of(result)[0])
    assert (history.from_state, history.to_state, history.actor) == ("", CONFIRMED, "contact")


def test_the_first_statement_of_the_transaction_writes_the_counters_in_key_order(occurrence):
    other = make_occurrence(occurrence.page, days=40)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        make_booking(other, occurrence)

    said = [row["sql"] for row in queries]
    opening = next(at for at, sql in enumerate(said) if sql.startswith(("BEGIN", "SAVEPOINT", "SELECT set_config")))
    ours = [sql for sql in said[opening:] if not sql.startswith(("BEGIN", "SAVEPOINT", "SELECT set_config"))]
    assert all(sql.startswith('UPDATE "events_seatcounter"') for sql in ours[:2])
    assert str(occurrence.pk) in ours[0]
    assert str(other.pk) in ours[1]


def test_a_group_too_large_for_what_is_left_waits_together(occurrence):
    make_booking(occurrence, people=("a", "b", "c"))
    group = make_booking(occurrence, people=("d", "e", "f"))

    assert states_of(group) == [WAITLISTED] * 3
    assert counter_of(occurrence) == (3, 5)
    assert list(Registration.objects.positions([occurrence.pk]).values()) == [1, 2, 3]


def test_a_group_too_large_to_be_seated_keeps_nobody_else_waiting(occurrence):
    make_booking(occurrence, people=("a", "b", "c"))
    make_booking(occurrence, people=("d", "e", "f"))

    assert states_of(make_booking(occurrence, people=("g",))) == [CONFIRMED]


def test_nobody_overtakes_those_who_wait_by_coming_later(occurrence):
    first = make_booking(occurrence, people=("a", "b", "c", "d", "e"))
    make_booking(occurrence, people=("f",))
    cancel(registrations_of(first)[:1], actor="contact")

    assert states_of(make_booking(occurrence, people=("g",))) == [WAITLISTED]
    assert counter_of(occurrence) == (5, 5)


def test_without_a_limit_everybody_is_seated(occurrence):
    unlimited = make_occurrence(occurrence.page, days=40)

    assert states_of(make_booking(unlimited, people=tuple("abcdefgh"))) == [CONFIRMED] * 8
    assert counter_of(unlimited) == (8, None)


def test_a_full_date_does_not_block_the_others_of_a_booking(occurrence):
    full = make_occurrence(occurrence.page, days=40, capacity=1)
    make_booking(full, people=("a",))

    result = make_booking(occurrence, full, people=("b",))

    assert {row.occurrence_id: row.state for row in registrations_of(result)} == {
        occurrence.pk: CONFIRMED,
        full.pk: WAITLISTED,
    }


def test_a_date_by_approval_takes_requests_without_seats(occurrence):
    change(occurrence, registration_mode="by_approval")
    result = make_booking(occurrence)

    assert states_of(result) == [RegistrationState.PENDING]
    assert counter_of(occurrence) == (0, 5)
    accept(registrations_of(result), actor="officer")
    assert states_of(result) == [CONFIRMED]
    assert counter_of(occurrence) == (1, 5)


def test_a_request_may_be_refused_and_then_comes_back_as_a_new_row(occurrence):
    change(occurrence, registration_mode="by_approval")
    first = make_booking(occurrence)
    reject(registrations_of(first), actor="officer", reason="For elected officials only")

    assert states_of(first) == [RegistrationState.REJECTED]
    assert "For elected officials only" in Message.objects.filter(kind="registration_rejected").first().text
    with pytest.raises(NotAllowed):
        accept(registrations_of(first), actor="officer")
    assert states_of(make_booking(occurrence)) == [RegistrationState.PENDING]


def test_somebody_who_waits_is_seated_by_hand_only_while_there_is_a_seat(occurrence):
    change(occurrence, capacity=1)
    first = make_booking(occurrence, people=("a",))
    waiting = make_booking(occurrence, people=("b",))

    with pytest.raises(NoSeatLeft):
        accept(registrations_of(waiting), actor="officer")
    cancel(registrations_of(first), actor="contact")
    accept(registrations_of(waiting), actor="officer")
    assert states_of(waiting) == [CONFIRMED]
    assert counter_of(occurrence) == (1, 1)


# Who may not book, and when


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "cancelled"},
        {"status": "postponed"},
        {"status": "tentative"},
        {"registration_mode": "none"},
        {"registration_mode": "save_the_date"},
        {"registration_mode": "elsewhere", "registration_url": "https://example.org/"},
        {"registration_closes": timezone.now() - datetime.timedelta(minutes=1)},
        {"registration_opens": timezone.now() + datetime.timedelta(days=2)},
    ],
)
def test_a_date_that_takes_no_registration_refuses_inside_the_transaction(occurrence, fields):
    change(occurrence, **fields)
    with pytest.raises(NotBookable):
        make_booking(occurrence)
    assert not Booking.objects.exists()


def test_a_date_of_an_unpublished_page_is_not_booked(occurrence):
    occurrence.page.unpublish()
    with pytest.raises(NotBookable):
        make_booking(occurrence)


def test_registration_closes_at_the_last_second_of_the_day_in_paris(occurrence, time_machine):
    paris = datetime.timezone(datetime.timedelta(hours=1))
    change(
        occurrence,
        day=datetime.date(2026, 12, 20),
        registration_closes=datetime.datetime(2026, 12, 10, 23, 59, 59, tzinfo=paris),
    )
    time_machine.move_to("2026-12-10T22:59:58Z", tick=False)
    assert states_of(make_booking(occurrence, people=("a",))) == [CONFIRMED]
    time_machine.move_to("2026-12-10T22:59:59Z", tick=False)
    with pytest.raises(NotBookable):
        make_booking(occurrence, people=("b",))


@pytest.mark.parametrize("spelling", ["INES", "ines+formation", "Ines+a+b"])
def test_the_same_person_is_registered_once_per_date_however_written(occurrence, spelling):
    make_booking(occurrence)
    with pytest.raises(AlreadyRegistered) as refused:
        make_booking(occurrence, people=("omar", spelling))
    assert [person.email for person in refused.value.people] == [f"{spelling}@example.org"]
    assert Registration.objects.count() == 1


def test_a_key_of_a_person_is_their_address_without_case_and_tag():
    assert person_key(" Ines+Formation@Ville.Example ") == "ines@ville.example"
    assert person_key("+odd@example.org") == "+odd@example.org"


def test_the_database_itself_refuses_a_second_active_registration(occurrence):
    row = registrations_of(make_booking(occurrence))[0]
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_itself_refuses_more_seats_than_allowed(occurrence):
    make_booking(occurrence)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatCounter.objects.filter(occurrence=occurrence).update(taken=6)


def test_a_seat_given_by_mistake_takes_the_whole_booking_back(occurrence, monkeypatch):
    make_booking(occurrence, people=tuple("abcde"))
    monkeypatch.setattr(booking_module, "outcome_for", lambda occurrence, size: CONFIRMED)
    with pytest.raises(IntegrityError):
        make_booking(occurrence, people=("f",))
    assert Registration.objects.count() == 5
    assert counter_of(occurrence) == (5, 5)


def test_a_booking_names_each_person_once(occurrence):
    with pytest.raises(ValueError, match="once"):
        make_request(occurrence, people=("ines", "INES+b"))


# Idempotency


def test_the_same_key_leads_to_the_same_booking_and_writes_nothing_more(occurrence):
    request = make_request(occurrence)
    first = booking_module.book(request)
    again = booking_module.book(request)

    assert (first.created, again.created) == (True, False)
    assert first.booking == again.booking
    assert Message.objects.count() == 2


def test_a_failure_in_the_middle_leaves_neither_booking_nor_message(occurrence, monkeypatch):
    def fails(occurrences):
        raise ZeroDivisionError

    monkeypatch.setattr(waiting_module, "write_counters", fails)
    with pytest.raises(ZeroDivisionError):
        make_booking(occurrence)
    assert not Booking.objects.exists()
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_a_message_that_cannot_be_written_takes_the_booking_back(occurrence, monkeypatch):
    def fails(*args):
        raise ZeroDivisionError

    monkeypatch.setattr(booking_module, "write_messages", fails)
    with pytest.raises(ZeroDivisionError):
        make_booking(occurrence)
    assert not Booking.objects.exists()
    assert counter_of(occurrence) == (0, 5)


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_a_booking_is_refused(occurrence):
    with transaction.atomic(), pytest.raises(RuntimeError):
        make_booking(occurrence)


# Cancelling


def test_cancelling_frees_the_seat_and_one_may_come_back(occurrence):
    first = make_booking(occurrence)
    changed = cancel(registrations_of(first), actor="contact")

    assert len(changed) == 1
    assert states_of(first) == [RegistrationState.CANCELLED]
    assert counter_of(occurrence) == (0, 5)
    assert cancel(registrations_of(first), actor="contact") == []
    assert states_of(make_booking(occurrence)) == [CONFIRMED]
    assert Registration.objects.count() == 2


def test_leaving_the_waiting_list_moves_the_others_up(occurrence):
    change(occurrence, capacity=1)
    make_booking(occurrence, people=("a",))
    waiting = [make_booking(occurrence, people=(name,)) for name in "bcd"]
    cancel(registrations_of(waiting[0]), actor="contact")

    positions = Registration.objects.positions([occurrence.pk])
    assert [positions[registrations_of(result)[0].pk] for result in waiting[1:]] == [1, 2]


def test_history_says_who_cancelled_when_and_why(occurrence, django_user_model):
    officer = django_user_model.objects.create_user("officer")
    rows = registrations_of(make_booking(occurrence))
    cancel(rows, actor="officer", user=officer, reason="Asked by phone")

    last = Transition.objects.latest("pk")
    assert (last.from_state, last.to_state, last.user, last.reason) == (
        CONFIRMED,
        "cancelled",
        officer,
        "Asked by phone",
    )


def test_a_place_given_back_after_the_deadline_is_marked_late(occurrence, settings):
    settings.REGISTRATION_CANCEL_HOURS = 0
    in_time = registrations_of(make_booking(occurrence, people=("a",)))
    cancel(in_time, actor="contact")
    settings.REGISTRATION_CANCEL_HOURS = 24 * 365
    late = registrations_of(make_booking(occurrence, people=("b",)))
    cancel(late, actor="officer")
    marks = dict(Transition.objects.filter(to_state=RegistrationState.CANCELLED).values_list("registration", "is_late"))
    assert marks == {in_time[0].pk: False, late[0].pk: True}


def test_what_is_final_stays_so():
    final = set(RegistrationState) - set(ACTIVE)
    assert all(not TRANSITIONS[state] for state in final)
    assert set(TRANSITIONS) == set(RegistrationState)


# The counter follows the occurrence


def test_a_capacity_lowered_below_what_is_taken_throws_nobody_out(occurrence):
    result = make_booking(occurrence, people=("a", "b", "c", "d"))
    change(occurrence, capacity=2)

    assert counter_of(occurrence) == (4, 4)
    waiting = make_booking(occurrence, people=("e",))
    assert states_of(waiting) == [WAITLISTED]
    cancel(registrations_of(result)[:1], actor="contact")
    assert (counter_of(occurrence), states_of(waiting)) == ((3, 3), [WAITLISTED])
    cancel(registrations_of(waiting), actor="contact")
    cancel(registrations_of(result)[1:], actor="contact")
    assert counter_of(occurrence) == (0, 2)


def test_a_capacity_raised_or_lifted_is_followed(occurrence):
    change(occurrence, capacity=8)
    assert counter_of(occurrence) == (0, 8)
    change(occurrence, capacity=None)
    assert counter_of(occurrence) == (0, None)


def test_an_occurrence_saved_from_an_old_reading_does_not_touch_the_counter(occurrence):
    old = Occurrence.objects.get(pk=occurrence.pk)
    make_booking(occurrence, people=("a", "b"))
    old.note_fr = "Apportez vos dossiers"
    old.save()
    save_occurrence(old)

    assert counter_of(occurrence) == (2, 5)


def test_a_limit_set_behind_the_service_does_not_prevent_cancelling(occurrence):
    unlimited = make_occurrence(occurrence.page, days=40)
    result = make_booking(unlimited, people=("a", "b", "c"))
    Occurrence.objects.filter(pk=unlimited.pk).update(capacity=1)

    cancel(registrations_of(result)[:1], actor="contact")
    assert counter_of(unlimited) == (2, 2)


def test_a_wrong_counter_is_found_and_the_next_change_mends_it(occurrence):
    make_booking(occurrence, people=("a",))
    SeatCounter.objects.filter(occurrence=occurrence).update(taken=4)
    assert wrong_counters() == [occurrence.pk]

    make_booking(occurrence, people=("b",))
    assert wrong_counters() == []


# Prices


@pytest.fixture
def charged(occurrence):
    """A date that costs members nothing and the others 150 €."""
    return make_occurrence(occurrence.page, days=40, price_list=make_price_list(), capacity=5)


def test_a_member_territory_pays_the_member_fee_and_the_ground_is_kept(charged):
    region = make_territory("Hauts-de-France", "32")
    town = OrganisationFactory(name="Ville de Lens", territory=make_territory("Lens", "62498", region))
    membership = MembershipFactory(territory=region, code="HDF 26")

    row = registrations_of(make_booking(charged, employer=Employer.known(town), membership_code="hdf26"))[0]

    assert (row.price_amount, row.price_currency, row.price_rule) == (Decimal("0.00"), "EUR", "member")
    assert (row.membership, row.membership_label, row.membership_flagged) == (membership, str(membership), False)
    assert row.participant.booking.organisation_commune == "Lens"


def test_others_pay_the_other_fee_each(charged):
    rows = registrations_of(make_booking(charged, people=("a", "b")))
    assert [(row.price_amount, row.price_rule) for row in rows] == [(Decimal("150.00"), "non_member")] * 2


def test_a_session_beyond_the_end_of_the_membership_is_flagged(charged):
    town = OrganisationFactory()
    MembershipFactory(organisation=town, ends=in_days(10), code="HDF26")
    row = registrations_of(make_booking(charged, employer=Employer.known(town), membership_code="HDF26"))[0]
    assert (row.price_rule, row.membership_flagged) == ("member", True)


def test_what_was_agreed_stays_when_prices_memberships_and_names_change(charged):
    town = OrganisationFactory(name="Ville de Creil")
    membership = MembershipFactory(organisation=town, code="HDF26")
    label = str(membership)
    known = Employer.known(town)
    first = registrations_of(make_booking(charged, people=("a",), employer=known, membership_code="HDF26"))[0]
    other = registrations_of(make_booking(charged, people=("b",)))[0]

    Fee.objects.update(amount=Decimal(200))
    membership.delete()
    town.name = "Creil Sud"
    town.save()

    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.price_amount, first.price_rule, first.membership, first.membership_label) == (
        0,
        "member",
        None,
        label,
    )
    assert other.price_amount == 150
    assert first.participant.booking.organisation_name == "Ville de Creil"
    later = registrations_of(make_booking(charged, people=("c",), employer=Employer.known(town)))[0]
    assert (later.price_amount, later.price_rule) == (200, "non_member")


def test_the_price_of_a_registration_cannot_be_saved_differently(charged):
    row = registrations_of(make_booking(charged))[0]
    row.price_amount = Decimal(1)
    with pytest.raises(ValueError, match="frozen"):
        row.save()


def test_a_price_that_changed_since_it_was_shown_is_shown_again(charged):
    shown = fingerprint(price_lines([charged], NOBODY_KNOWN, [make_person()], is_proven=False))
    Fee.objects.update(amount=Decimal(200))
    with pytest.raises(PriceChanged) as refused:
        make_booking(charged, shown_prices=shown)
    assert [line.quote.amount for line in refused.value.lines] == [200]
    assert not Booking.objects.exists()


def test_a_price_that_did_not_change_is_accepted(charged):
    shown = fingerprint(price_lines([charged], NOBODY_KNOWN, [make_person()], is_proven=False))
    assert make_booking(charged, shown_prices=shown).created
