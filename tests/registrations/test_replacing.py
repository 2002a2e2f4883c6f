"""Another participant in the place of one: same seat, same price, nobody of the waiting list in between."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from events.enums import FeeAudience, PriceRule
from events.models import Fee, SeatCounter
from outbox.models import Message
from outbox.services import attachments_of
from registrations.enums import ParticipantCategory
from registrations.models import Participant, Referent, Registration, Transition
from registrations.services import (
    AlreadyRegistered,
    Contact,
    Employer,
    NotAllowed,
    PriceChanged,
    TooBusy,
    book,
    cancel,
    correct,
    fingerprint,
    hand_over,
)
from registrations.services.seats import wrong_counters
from registrations.space import participant_views
from tests.factories.directory import MembershipFactory, OrganisationFactory
from tests.factories.events import LONG_AGO, make_occurrence, make_price_list
from tests.factories.registrations import make_booking, make_person, make_request, registrations_of, states_of
from tests.registrations.test_private_space import enter
from tests.registrations.visitor import private_url

ELECTED = ParticipantCategory.ELECTED_OFFICIAL


@pytest.fixture(autouse=True)
def no_changes_before():
    cache.clear()


@pytest.fixture
def full(session_page):
    return make_occurrence(session_page, capacity=2)


@pytest.fixture
def result(full):
    return make_booking(full, people=("ines", "omar"))


def first(result):
    return registrations_of(result)[0]


def typed(name="lea", **changed):
    return {
        "first_name": name.title(),
        "last_name": "Martin",
        "email": f"{name}@example.org",
        "job_title": "Cheffe de projet",
        "category": "agent",
        **changed,
    }


def test_the_place_goes_to_the_colleague_and_never_to_the_waiting_list(full, result):
    waiting = make_booking(full, people=("w",))
    new = hand_over(first(result), make_person("lea"), actor="contact")

    assert [(row.participant.first_name, str(row.state)) for row in registrations_of(result)] == [
        ("Ines", "cancelled"),
        ("Omar", "confirmed"),
        ("Lea", "confirmed"),
    ]
    assert new.person_key == "lea@example.org"
    assert states_of(waiting) == ["waitlisted"]
    assert (SeatCounter.objects.get(occurrence=full).taken, wrong_counters()) == (2, [])


def test_both_people_and_the_contact_are_told_with_what_their_calendars_need(result):
    hand_over(first(result), make_person("lea"), actor="contact")
    told = {row.recipient: row for row in Message.objects.filter(kind="registration_replaced")}
    assert set(told) == {"claire@example.org", "ines@example.org", "lea@example.org"}
    methods = {
        name: [str(Calendar.from_ical(file.content)["METHOD"]) for file in attachments_of(row)]
        for name, row in told.items()
    }
    assert methods["ines@example.org"] == ["CANCEL"]
    assert methods["lea@example.org"] == ["REQUEST"]
    assert "Lea" not in told["ines@example.org"].text


def test_the_history_says_who_and_when_without_names(result):
    new = hand_over(first(result), make_person("lea"), actor="referent")
    steps = list(Transition.objects.order_by("-pk").values_list("from_state", "to_state", "actor", "event")[:2])
    assert steps == [("", "confirmed", "referent", "taken_over"), ("confirmed", "cancelled", "referent", "handed_over")]
    assert new.transitions.count() == 1


def test_the_agreed_price_stays_when_fees_have_changed_since(session_page):
    charged = make_occurrence(session_page, price_list=make_price_list())
    result = make_booking(charged)
    Fee.objects.update(amount=Decimal(999))
    new = hand_over(first(result), make_person("lea"), actor="contact")
    assert (new.price_amount, new.price_rule) == (Decimal(150), PriceRule.NON_MEMBER)


def test_a_price_that_waits_for_a_proof_goes_with_the_place(session_page):
    town = OrganisationFactory(name="Ville")
    MembershipFactory(organisation=town)
    charged = make_occurrence(session_page, price_list=make_price_list())
    result = make_booking(charged, employer=Employer.known(town))
    new = hand_over(first(result), make_person("lea"), actor="contact")
    assert (new.price_amount, new.price_if_member, new.price_otherwise) == (None, Decimal(0), Decimal(150))
    assert new.membership is not None


@pytest.fixture
def with_elected(session_page):
    prices = make_price_list()
    Fee.objects.create(
        price_list=prices, audience=FeeAudience.ELECTED_OFFICIAL, amount=Decimal(40), valid_from=LONG_AGO
    )
    return make_occurrence(session_page, capacity=3, price_list=prices)


def test_another_audience_pays_its_own_price_once_agreed_to(with_elected):
    result = make_booking(with_elected)
    elected = make_person("lea", category=ELECTED)
    with pytest.raises(PriceChanged) as changed:
        hand_over(first(result), elected, actor="contact")
    assert changed.value.lines[0].quote.amount == Decimal(40)
    assert states_of(result) == ["confirmed"]

    new = hand_over(first(result), elected, actor="contact", shown_price=fingerprint(changed.value.lines))
    assert (new.price_amount, new.price_rule) == (Decimal(40), PriceRule.ELECTED_OFFICIAL)
    with pytest.raises(PriceChanged) as back:
        hand_over(new, make_person("zoe"), actor="contact", shown_price="forged")
    assert back.value.lines[0].quote.amount == Decimal(150)


@pytest.mark.parametrize("state", ["waitlisted", "offered"])
def test_who_waits_or_was_offered_a_place_hands_over_the_rank_or_the_offer(full, result, state):
    group, behind = make_booking(full, people=("c",)), make_booking(full, people=("d",))
    if state == "offered":
        cancel(registrations_of(result)[:1], actor="contact")
    old = first(group)
    new = hand_over(old, make_person("lea"), actor="contact")
    assert (str(new.state), new.waiting_since, new.offer_id) == (state, old.waiting_since, old.offer_id)
    assert states_of(behind) == ["waitlisted"]
    assert wrong_counters() == []


def test_somebody_who_is_registered_already_takes_no_second_place(result):
    for name in ("omar", "ines"):
        with pytest.raises(AlreadyRegistered):
            hand_over(first(result), make_person(name), actor="contact")
    assert states_of(result) == ["confirmed", "confirmed"]


def test_nothing_is_handed_over_once_the_date_has_begun_or_the_place_is_given_back(full, result, time_machine):
    cancel(registrations_of(result)[1:], actor="contact")
    with pytest.raises(NotAllowed):
        hand_over(registrations_of(result)[1], make_person("lea"), actor="contact")
    time_machine.move_to(full.starts_at)
    with pytest.raises(NotAllowed):
        hand_over(first(result), make_person("lea"), actor="contact")


def test_a_place_comes_back_to_who_had_it(result):
    there = hand_over(first(result), make_person("lea"), actor="contact")
    back = hand_over(there, make_person("ines"), actor="contact")
    assert back.participant_id == first(result).participant_id
    assert Participant.objects.filter(booking=result.booking).count() == 3


def test_a_corrected_address_is_the_same_person_everywhere(full, result):
    row = first(result)
    correct(row.participant, make_person("inès", email="ines.martin@example.org"), actor="contact")
    row.refresh_from_db()
    assert (row.person_key, row.participant.email) == ("ines.martin@example.org", "ines.martin@example.org")
    assert states_of(result) == ["confirmed", "confirmed"]
    told = Message.objects.filter(kind="registration_corrected")
    assert {message.recipient for message in told} == {"claire@example.org", "ines.martin@example.org"}
    step = Transition.objects.latest("pk")
    assert (step.from_state, step.to_state, step.actor) == ("confirmed", "confirmed", "contact")
    assert "ines" not in step.reason.lower()


def test_the_address_before_is_told_without_any_link_of_its_own(session_page):
    online = make_occurrence(session_page, video_link="https://video.example/secret")
    result = make_booking(online)
    correct(first(result).participant, make_person("ines", email="thief@example.org"), actor="contact")
    told = Message.objects.get(kind="registration_address_replaced")
    assert (told.recipient, told.attachments) == ("ines@example.org", [])
    for body in (told.text, told.html):
        assert "Gouvernance" in body
        assert "Prévenez-nous" in body
        for secret in (result.booking.token, "thief", "video.example", "claire@example.org"):
            assert secret not in body


def test_the_address_before_is_told_even_where_nothing_is_active_any_more(result):
    participant = first(result).participant
    cancel(registrations_of(result), actor="contact")
    correct(participant, make_person("ines", email="new@example.org"), actor="contact")
    correct(participant, make_person("ines", email="ines@example.org"), actor="contact")
    told = Message.objects.filter(kind="registration_address_replaced").order_by("pk")
    assert [message.recipient for message in told] == ["ines@example.org", "new@example.org"]


def test_a_contact_who_takes_part_is_told_once_at_the_address_that_they_keep(session_page):
    claire = make_person("claire", email="Claire@example.org")
    result = book(replace(make_request(make_occurrence(session_page)), people=(claire,)))
    correct(first(result).participant, make_person("claire", email="c.dubois@example.org"), actor="contact")
    told = Message.objects.filter(kind__in=["registration_corrected", "registration_address_replaced"])
    assert {message.recipient for message in told} == {"claire@example.org", "c.dubois@example.org"}
    assert [result.booking.token in message.text for message in told.order_by("recipient")] == [False, True]


def test_a_corrected_name_is_told_to_nobody(result):
    person = make_person("ines", first_name="Inès", job_title="Directrice")
    changed = correct(first(result).participant, person, actor="contact")
    assert (changed.first_name, changed.job_title) == ("Inès", "Directrice")
    assert not Message.objects.filter(kind__in=["registration_corrected", "registration_address_replaced"]).exists()


def test_an_address_that_has_a_place_of_its_own_is_refused(full, session_page, result):
    with pytest.raises(AlreadyRegistered):
        correct(first(result).participant, make_person("omar"), actor="contact")
    bigger = make_occurrence(session_page, capacity=5)
    mine, _other = make_booking(bigger, people=("a",)), make_booking(bigger, people=("b",))
    with pytest.raises(AlreadyRegistered):
        correct(first(mine).participant, make_person("b"), actor="contact")
    assert first(mine).person_key == "a@example.org"


# The pages.


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_contact_hands_a_place_over_on_the_private_page(client, result, language):
    page = client.get(private_url("booking", result.booking.token, language=language)).content.decode()
    url = private_url("hand_over", result.booking.token, first(result).pk, language=language)
    assert url in page
    assert client.get(url).status_code == 200
    response = client.post(url, typed())
    assert response["Location"].endswith("?handed")
    assert states_of(result) == ["cancelled", "confirmed", "confirmed"]
    assert "Lea Martin" in client.get(response["Location"]).content.decode()


def test_a_new_price_is_shown_before_it_is_agreed_to(client, with_elected):
    result = make_booking(with_elected)
    url = private_url("hand_over", result.booking.token, first(result).pk, language="en")
    shown = client.post(url, typed(category=ELECTED))
    page = shown.content.decode()
    assert shown.status_code == 409
    assert "40" in page
    assert 'value="Lea"' in page
    assert states_of(result) == ["confirmed"]
    agreed = page.split('name="shown_price" value="')[1].split('"')[0]
    assert client.post(url, typed(category=ELECTED, shown_price=agreed)).status_code == 302
    assert states_of(result) == ["cancelled", "confirmed"]


@pytest.mark.parametrize(
    ("changed", "status"), [({"email": "omar@example.org"}, 422), ({"email": "x"}, 422), ({"category": ""}, 422)]
)
def test_what_is_wrong_is_told_and_kept(client, result, changed, status):
    url = private_url("hand_over", result.booking.token, first(result).pk)
    response = client.post(url, typed(**changed))
    assert response.status_code == status
    assert 'value="Lea"' in response.content.decode()
    assert states_of(result) == ["confirmed", "confirmed"]


def test_details_are_corrected_on_the_private_page(client, result):
    participant = first(result).participant
    url = private_url("correct_details", result.booking.token, participant.pk)
    assert 'value="ines@example.org"' in client.get(url).content.decode()
    response = client.post(url, typed("ines", first_name="Inès"))
    assert response["Location"].endswith("?corrected")
    participant.refresh_from_db()
    assert (participant.first_name, participant.category) == ("Inès", "agent")
    taken = client.post(url, typed("omar"))
    assert taken.status_code == 422
    assert "déjà inscrit" in taken.content.decode()


def test_a_busy_database_keeps_what_was_typed(client, result, monkeypatch):
    def busy(*args, **kwargs):
        raise TooBusy

    monkeypatch.setattr(participant_views, "hand_over", busy)
    monkeypatch.setattr(participant_views, "correct", busy)
    for url in (
        private_url("hand_over", result.booking.token, first(result).pk),
        private_url("correct_details", result.booking.token, first(result).participant_id),
    ):
        response = client.post(url, typed())
        assert response.status_code == 503
        assert 'value="Lea"' in response.content.decode()


def test_it_belongs_to_who_manages_the_booking(client, session_page, full, result):
    contact = Contact("Zoe", "Roy", "zoe@example.org")
    other = make_booking(make_occurrence(session_page, days=50), people=("x",), contact=contact)
    for url in (
        private_url("hand_over", other.booking.token, first(result).pk),
        private_url("correct_details", other.booking.token, first(result).participant_id),
    ):
        assert client.get(url).status_code == 404
        assert client.post(url, typed()).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    mine = private_url("hand_over", result.booking.token, first(result).pk)
    assert strict.post(mine, typed()).status_code == 403
    assert states_of(result) == ["confirmed", "confirmed"]


def test_changes_are_limited(client, result):
    url = private_url("correct_details", result.booking.token, first(result).participant_id)
    codes = [client.post(url, typed("ines")).status_code for _time in range(participant_views.CHANGES_PER_BOOKING + 1)]
    assert (codes[0], codes[-1]) == (302, 429)


def test_a_referent_hands_over_and_a_participant_does_not(session_page):
    town = OrganisationFactory(name="Ville")
    result = make_booking(make_occurrence(session_page), people=("ines",), employer=Employer.known(town))
    Referent.objects.create(organisation=town, email="paul@ville.example")
    url = private_url("hand_over", result.booking.pk, first(result).pk)
    own = enter("ines@example.org")
    assert own.post(url, typed()).status_code == 404
    assert own.get(private_url("correct_details", result.booking.pk, first(result).participant_id)).status_code == 404
    assert enter("paul@ville.example").post(url, typed()).status_code == 302
    assert Registration.objects.get(person_key="lea@example.org").transitions.get().actor == "referent"
