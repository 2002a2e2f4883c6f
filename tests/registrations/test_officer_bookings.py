"""One booking on the officer's desk: found, corrected, handed over, answered for, cancelled; by the officer alone."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.enums import FeeAudience
from events.models import Fee
from home.roles import EDITOR, TRAINING_OFFICER
from outbox.models import Message
from registrations.enums import ProofMethod
from registrations.models import AccessLink, Answer, Booking, Transition
from registrations.proof import proof
from registrations.services import Employer, cancel, hand_over, settle, waive
from registrations.services.errors import NotAllowed
from registrations.services.seats import wrong_counters
from registrations.space.spaces import ask_for_link
from tests.factories.directory import MembershipFactory, OrganisationFactory
from tests.factories.events import LONG_AGO, make_occurrence, make_price_list
from tests.factories.registrations import (
    make_booking,
    make_person,
    make_question,
    registrations_of,
    states_of,
)
from tests.registrations.test_co_organisers import refused
from tests.registrations.test_forged_requests import everything_kept
from tests.registrations.visitor import private_url
from tests.roles import sign_in_as

CONTACT = {"first_name": "Zoé", "last_name": "Petit", "email": "zoe@example.org", "phone": "03 20 11 11 11"}
PERSON = {
    "first_name": "Inès",
    "last_name": "Martinez",
    "email": "ines@example.org",
    "job_title": "Directrice",
    "category": "agent",
}


@pytest.fixture(autouse=True)
def no_tries_before():
    cache.clear()


@pytest.fixture
def officer(client, db):
    return sign_in_as(client, TRAINING_OFFICER, language="en")


@pytest.fixture
def result(occurrence):
    return make_booking(occurrence, people=("ines", "omar"))


def address(name, result, *args):
    name = f"booking_{name}" if name else "booking"
    return reverse(f"registrations_admin:{name}", args=[result.booking.pk, *args])


def person(result):
    return result.booking.participants.order_by("pk").first()


def screen(client, result):
    return client.get(address("", result)).content.decode().replace("\xa0", " ")


def addresses(result):
    row = registrations_of(result)[0]
    return [
        *(address(name, result) for name in ("", "contact", "cancel", "link")),
        *(address(name, result, row.participant_id) for name in ("person", "answers")),
        address("hand_over", result, row.pk),
        reverse("registrations_admin:search"),
    ]


def test_an_editor_opens_and_changes_nothing_and_a_visitor_is_asked_to_sign_in(client, result):
    sign_in_as(client, EDITOR)
    kept = everything_kept()
    for place in addresses(result):
        assert refused(client.get(place)), place
        assert refused(client.post(place, {**CONTACT, "ids": registrations_of(result)[0].pk, "q": "ines"})), place
        assert "login" in Client().get(place)["Location"]
    assert everything_kept() == kept


def test_the_screen_says_who_what_and_why_and_leads_to_what_is_done(officer, result):
    page = screen(officer, result)
    row = registrations_of(result)[0]
    facts = ("Claire Dubois", "03 20 00 00 00", "Association des voisins", "omar@example.org")
    for fact in (*facts, "Language of the messages: French"):
        assert fact in page
    for place in addresses(result)[:4]:
        assert place in page
    date = officer.get(reverse("registrations_admin:occurrence", args=[row.occurrence_id])).content.decode()
    assert address("", result) in date
    message = reverse("wagtailsnippets_outbox_message:inspect", args=[Message.objects.first().pk])
    listed = officer.get(reverse("wagtailsnippets_outbox_message:list")).content.decode()
    assert address("", result) in officer.get(message).content.decode()
    assert address("", result) in listed


def test_a_person_is_corrected_with_the_reason_of_the_officer(officer, result):
    response = officer.post(address("person", result, person(result).pk), {**PERSON, "reason": "Asked by telephone"})
    assert response["Location"] == address("", result)
    assert (person(result).name, person(result).job_title) == ("Inès Martinez", "Directrice")
    step = Transition.objects.latest("pk")
    assert (step.event, step.actor, step.user.username) == ("corrected", "officer", TRAINING_OFFICER)
    page = screen(officer, result)
    assert "Asked by telephone" in page
    assert "details of the participant corrected" in page
    assert "confirmed → confirmed" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "omar@example.org"},
        {"email": "x\0@example.org"},
        {"first_name": ""},
        {"last_name": "é" * 101},
        {"first_name": ["a", ""]},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost_or_changed(officer, result, wrong):
    response = officer.post(address("person", result, person(result).pk), {**PERSON, **wrong})
    assert response.status_code == 200
    assert "Directrice" in response.content.decode()
    assert person(result).name == "Ines Martin"


def test_a_person_or_a_line_of_another_booking_is_404_and_changes_nothing(officer, result, session_page):
    other = make_booking(make_occurrence(session_page, days=60), people=("lea",))
    kept = everything_kept()
    for place in (
        address("person", result, person(other).pk),
        address("answers", result, person(other).pk),
        address("hand_over", result, registrations_of(other)[0].pk),
        reverse("registrations_admin:booking_contact", args=[10**30]),
    ):
        assert officer.post(place, PERSON).status_code == 404
    for ids in ([registrations_of(other)[0].pk], [], ["x"], ["9" * 30]):
        officer.post(address("cancel", result), {"ids": ids, "confirm": "1"})
    assert everything_kept() == kept


def test_another_contact_has_another_link_and_the_one_before_is_told_without_any(officer, result):
    old = result.booking
    ask_for_link(old.email, "fr")
    assert officer.post(address("contact", result), CONTACT)["Location"] == address("", result)
    new = Booking.objects.get(pk=old.pk)
    assert (new.email, new.phone) == ("zoe@example.org", "03 20 11 11 11")
    assert Client().get(private_url("booking", old.token)).status_code == 404
    assert Client().get(private_url("booking", new.token)).status_code == 200
    assert AccessLink.objects.get().revoked

    now = Message.objects.get(kind="registration_contact_now")
    before = Message.objects.get(kind="registration_contact_before")
    assert (now.recipient, before.recipient) == ("zoe@example.org", "claire@example.org")
    assert new.token in now.text
    for body in (before.text, before.html):
        assert "Claire Dubois" in body
        assert "zoe@example.org" not in body
        assert new.token not in body
        assert old.token not in body
    assert {step.event for step in Transition.objects.filter(user__isnull=False)} == {"contact"}
    assert screen(officer, result).count("contact of the booking corrected") == 1


def test_a_contact_whose_name_alone_changes_keeps_the_link_and_nobody_is_told(officer, result):
    told = Message.objects.count()
    officer.post(address("contact", result), {**CONTACT, "email": "claire@example.org"})
    new = Booking.objects.get(pk=result.booking.pk)
    assert (new.contact_name, new.token) == ("Zoé Petit", result.booking.token)
    assert Message.objects.count() == told


def test_a_contact_who_takes_part_is_corrected_in_both_places_or_in_none(officer, occurrence):
    claire = make_person("claire", last_name="Dubois")
    result = make_booking(occurrence, people=("claire", "omar"))
    taken = {**CONTACT, "email": "omar@example.org", "takes_part": "on"}
    assert "already" in officer.post(address("contact", result), taken).content.decode()
    assert Booking.objects.get(pk=result.booking.pk).email == claire.email

    officer.post(address("contact", result), {**CONTACT, "takes_part": "on"})
    assert [row.person_key for row in registrations_of(result)] == ["zoe@example.org", "omar@example.org"]
    assert Message.objects.filter(recipient="zoe@example.org").count() == 1


def test_the_team_hands_a_place_over_once_the_date_has_begun_where_the_contact_may_not(officer, result, monkeypatch):
    row = registrations_of(result)[0]
    begun = row.occurrence.starts_at + datetime.timedelta(minutes=5)
    monkeypatch.setattr(timezone, "now", lambda: begun)
    with pytest.raises(NotAllowed):
        hand_over(row, make_person("lea"), actor="contact")
    cache.clear()
    typed = {**PERSON, "first_name": "Léa", "email": "lea@example.org", "category": "agent", "reason": "She came"}
    sign_in_as(officer, "administrator")
    assert officer.post(address("hand_over", result, row.pk), typed)["Location"] == address("", result)
    assert states_of(result) == ["cancelled", "confirmed", "confirmed"]
    assert wrong_counters() == []
    assert "She came" in Message.objects.get(kind="registration_replaced", recipient="lea@example.org").text
    assert set(Transition.objects.order_by("-pk").values_list("event", flat=True)[:2]) == {"handed_over", "taken_over"}


def test_another_price_is_shown_before_it_is_agreed_to(officer, session_page):
    prices = make_price_list()
    Fee.objects.create(
        price_list=prices, audience=FeeAudience.ELECTED_OFFICIAL, amount=Decimal(40), valid_from=LONG_AGO
    )
    result = make_booking(make_occurrence(session_page, capacity=1, price_list=prices))
    place = address("hand_over", result, registrations_of(result)[0].pk)
    typed = {**PERSON, "email": "lea@example.org", "category": "elected_official"}
    shown = officer.post(place, typed)
    assert "€40 instead of €150" in shown.content.decode()
    assert states_of(result) == ["confirmed"]
    officer.post(place, {**typed, "shown_price": shown.context["shown_price"]})
    assert states_of(result) == ["cancelled", "confirmed"]


def test_another_capacity_is_priced_anew_once_the_new_price_is_agreed_to_and_says_why(officer, session_page):
    prices = make_price_list()
    Fee.objects.create(
        price_list=prices, audience=FeeAudience.ELECTED_OFFICIAL, amount=Decimal(40), valid_from=LONG_AGO
    )
    dates = [make_occurrence(session_page, days=days, capacity=2, price_list=prices) for days in (30, 60)]
    result = make_booking(*dates)
    ines, (first, given_back) = person(result), registrations_of(result)
    waive(first, Decimal(100), "Speaks")
    cancel([given_back], actor="contact")
    told, place = Message.objects.count(), address("person", result, ines.pk)
    typed = {**PERSON, "category": "elected_official"}
    shown = officer.post(place, typed)
    assert "€40 instead of €150" in shown.content.decode()
    agreed = {**typed, "shown_price": shown.context["shown_price"]}
    for wrong in (agreed, {**typed, "reason": "x"}, {**typed, "reason": "x", "shown_price": "forged"}):
        assert officer.post(place, wrong).status_code == 200
        assert (person(result).category, registrations_of(result)[0].price_amount) == ("agent", 150)
    assert person(result).job_title != "Directrice"

    assert officer.post(place, {**agreed, "reason": "Elected in March"})["Location"] == address("", result)
    row, other = registrations_of(result)
    assert (row.price_amount, row.price_rule, row.waived_amount) == (40, "elected_official", 40)
    assert (other.price_amount, other.price_rule) == (150, "non_member")
    assert person(result).category == "elected_official"
    step = row.transitions.get(event="repriced")
    assert step.reason.replace("\xa0", " ") == "50 € → gratuit. Elected in March"
    assert "price changed with the capacity" in screen(officer, result)
    assert Message.objects.count() == told
    assert all(check.is_right for check in proof() if check.name != "every_booking_was_told")
    # Back again: nothing is lost, and a capacity that costs the same asks nothing.
    back = {**PERSON, "reason": "A mistake"}
    officer.post(place, {**back, "shown_price": officer.post(place, back).context["shown_price"]})
    assert registrations_of(result)[0].price_amount == 150
    assert officer.post(place, {**PERSON, "category": "other"}).status_code == 302
    assert officer.post(place, {**PERSON, "category": "king"}).status_code == 200


def test_a_membership_that_was_refused_counts_for_nobody_who_changes_capacity_twice(officer, session_page):
    town = OrganisationFactory()
    MembershipFactory(organisation=town)
    prices = make_price_list()
    Fee.objects.create(
        price_list=prices, audience=FeeAudience.ELECTED_OFFICIAL, amount=Decimal(40), valid_from=LONG_AGO
    )
    result = make_booking(make_occurrence(session_page, price_list=prices), employer=Employer.known(town))
    settle(result.booking, False, ProofMethod.OFFICER)
    place = address("person", result, person(result).pk)
    for category, amount in (("elected_official", 40), ("agent", 150)):
        typed = {**PERSON, "category": category, "reason": "x"}
        officer.post(place, {**typed, "shown_price": officer.post(place, typed).context["shown_price"]})
        assert registrations_of(result)[0].price_amount == amount


def test_the_officer_answers_for_somebody_by_the_form_of_the_private_page(officer, result, session_page):
    lunch = make_question(session_page, required=True)
    place = address("answers", result, person(result).pk)
    assert place in screen(officer, result)
    assert "Answer this question" in officer.post(place, {"answers-q999": "yes"}).content.decode()
    assert officer.post(place, {f"answers-q{lunch.pk}": "yes"})["Location"] == address("", result)
    assert Answer.objects.get().participant == person(result)
    assert Transition.objects.latest("pk").event == "answered"


def test_lines_are_cancelled_once_confirmed_and_the_link_is_sent_again_a_few_times(officer, result):
    row = registrations_of(result)[0]
    page = officer.post(address("cancel", result), {"ids": [row.pk]}).content.decode()
    assert "Cancel 1 registration" in page
    assert "Ines Martin" in page
    assert states_of(result) == ["confirmed", "confirmed"]
    officer.post(address("cancel", result), {"ids": [row.pk], "confirm": "1", "reason": "Ill"})
    assert states_of(result) == ["cancelled", "confirmed"]

    for _again in range(7):
        officer.post(address("link", result))
    links = Message.objects.filter(kind="registration_private_link")
    assert (links.count(), links[0].recipient) == (5, "claire@example.org")
    assert result.booking.token in links[0].text


# Found


def find(client, text):
    response = client.post(reverse("registrations_admin:search"), {"q": text})
    assert response["Location"] == reverse("registrations_admin:search")
    return client.get(response["Location"]).content.decode()


def test_a_booking_is_found_by_who_is_in_it_and_by_its_number(officer, result, session_page):
    other = make_booking(make_occurrence(session_page, days=60), people=("lea",))
    assert "No booking holds these words" in find(officer, "omar nobody")
    for text in ("OMÀR", "omar@example.org", "martin voisins omar", f"n° {result.booking.pk}"):
        page = find(officer, text)
        assert address("", result) in page
        assert address("", other) not in page, text
    for text in ("", "\0", "9" * 300, "<script>"):
        assert "<script>" not in find(officer, text).partition("<main")[2].partition("found")[0]


# On the screen of a date


def test_the_messages_of_a_date_are_those_about_it_or_about_the_whole_booking(officer, session_page):
    first, second = make_occurrence(session_page, capacity=5), make_occurrence(session_page, days=60, capacity=5)
    result = make_booking(first, second)
    cancel([registrations_of(result)[1]], actor="contact")
    officer.post(address("link", result))

    def told(date):
        page = officer.get(reverse("registrations_admin:occurrence", args=[date.pk]))
        return [(row.message.kind.removeprefix("registration_"), row.scope) for row in page.context["messages_written"]]

    both = ("booked_confirmed", "several dates")
    assert [kind for kind, _scope in told(second)].count("cancelled") == 2
    assert "cancelled" not in dict(told(first))
    assert ("private_link", "the whole booking") in told(first)
    assert both in told(first)
    Message.objects.filter(kind="registration_cancelled").update(parts=[])
    # Written before messages named their dates: shown with both rather than lost.
    assert ("cancelled", "the whole booking") in told(first)


def test_decisions_that_suit_nobody_have_no_button(officer, session_page):
    empty = make_occurrence(session_page)
    place = reverse("registrations_admin:occurrence", args=[empty.pk])
    assert "With the people ticked" not in officer.get(place).content.decode()
    make_booking(empty)
    page = officer.get(place).content.decode()
    assert "Cancel the registration" in page
    for label in ("Give a place", "Do not accept the request", "Move to another date"):
        assert label not in page


def test_the_sum_of_the_prices_exported_is_what_is_due(officer, session_page):
    date = make_occurrence(session_page, capacity=2, price_list=make_price_list())
    make_booking(date, people=("ines",))
    cancel(registrations_of(make_booking(date, people=("omar",))), actor="contact")
    make_booking(date, people=("lea",))
    make_booking(date, people=("zoe",))
    text = officer.get(reverse("registrations_admin:export", args=[date.pk])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["First name"]: row["Price"] for row in rows} == {
        "Ines": "150.00",
        "Lea": "150.00",
        "Zoe": "€150, if a place is taken",
        "Omar": "",
    }
