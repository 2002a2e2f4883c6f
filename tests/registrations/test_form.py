"""The public form, as a browser without scripts uses it."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from directory.models import Organisation
from events.models import Fee, Occurrence
from events.services import save_occurrence
from outbox.models import Message
from registrations.enums import RegistrationState
from registrations.form import submission
from registrations.models import Booking, Registration
from registrations.services import TooBusy, cancel
from tests.factories.directory import MembershipFactory, OrganisationFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.registrations import make_booking
from tests.registrations.visitor import Visitor, answers, register_url


@pytest.fixture
def visitor(client, occurrence):
    return Visitor(client, occurrence, "en")


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


# The way through


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_contact_registers_herself_and_a_colleague(client, occurrence, language):
    visitor = Visitor(client, occurrence, language)
    assert visitor.open().status_code == 200
    summary = visitor.press("continue", answers())
    assert summary.status_code == 200
    assert "Claire Dubois" in text_of(summary)
    assert "omar@example.org" in text_of(summary)

    done = visitor.confirm()

    booking = Booking.objects.get()
    with override(language):
        assert done["Location"] == reverse("registrations:booking", args=[booking.token]) + "?recorded"
    assert booking.language == language
    assert "12" in booking.consent_wording
    people = [(row.participant.name, row.participant.email, row.state) for row in Registration.objects.order_by("pk")]
    assert people == [
        ("Claire Dubois", "claire@example.org", "confirmed"),
        ("Omar Benali", "omar@example.org", "confirmed"),
    ]
    assert sorted(Message.objects.values_list("recipient", "language")) == [
        ("claire@example.org", language),
        ("omar@example.org", language),
    ]
    page = client.get(done["Location"])
    assert page.status_code == 200
    assert "Omar Benali" in text_of(page)


def test_steps_are_announced_and_nothing_is_ticked_beforehand(visitor):
    page = text_of(visitor.open())

    assert 'aria-current="step"' in page
    assert not re.search(r"<input[^>]*consent-agreed[^>]*checked", page)
    assert 'autocomplete="given-name"' in page
    assert 'autocomplete="email"' in page


def test_a_double_click_and_the_back_button_make_one_booking(visitor):
    first = visitor.register()
    second = visitor.confirm()
    third = visitor.confirm()

    assert first["Location"].removesuffix("recorded") == second["Location"].removesuffix("already")
    assert third["Location"] == second["Location"]
    assert Booking.objects.count() == 1
    assert Message.objects.count() == 2
    assert "Nothing was booked twice" in text_of(visitor.client.get(second["Location"]))


def test_a_second_click_leads_to_the_booking_even_once_the_date_is_closed(visitor, occurrence):
    first = visitor.register()
    row = Occurrence.objects.get(pk=occurrence.pk)
    row.status = "cancelled"
    save_occurrence(row)

    assert visitor.confirm()["Location"].split("?")[0] == first["Location"].split("?")[0]


def test_two_forms_opened_apart_have_keys_of_their_own(visitor):
    visitor.open()
    first = visitor.carried["key"]
    visitor.open()
    assert visitor.carried["key"] != first


def test_modify_brings_the_form_back_as_it_was_filled_in(visitor):
    visitor.open()
    visitor.press("continue", answers())
    page = text_of(visitor.press("modify"))

    for value in ("Dubois", "Association des voisins", "Amiens", "omar@example.org", "Coordinateur"):
        assert f'value="{value}"' in page
    assert re.search(r"<input[^>]*people-0-is_contact[^>]*checked", page)
    assert re.search(r"<input[^>]*consent-agreed[^>]*checked", page)
    assert "error-summary" not in page


# Faults


def test_an_empty_form_says_everything_that_is_missing_at_the_top_and_at_the_fields(visitor):
    visitor.open()
    response = visitor.press("continue")
    page = text_of(response)

    assert response.status_code == 422
    assert 'role="alert"' in page
    for field in ("contact-first_name", "contact-email", "organisation-query", "people-0-category", "consent-agreed"):
        assert f'href="#id_{field}"' in page
        assert f'id="id_{field}_error"' in page
        assert re.search(rf'<(input|select)[^>]*name="{field}"[^>]*aria-describedby="[^"]*id_{field}_error', page)
        assert re.search(rf'<(input|select)[^>]*name="{field}"[^>]*aria-invalid="true"', page)


def test_what_was_typed_survives_a_fault(visitor):
    visitor.open()
    page = text_of(visitor.press("continue", answers(**{"people-1-email": "omar"})))

    assert 'value="Dubois"' in page
    assert 'value="omar"' in page
    assert 'value="Coordinateur"' in page
    assert re.search(r"<input[^>]*consent-agreed[^>]*checked", page)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"contact-email": "claire"}, "contact-email"),
        ({"consent-agreed": ""}, "consent-agreed"),
        ({"people-1-email": "CLAIRE+b@example.org"}, "people-1-email"),
        ({"people-0-first_name": "Ali"}, "people-0-is_contact"),
        ({"people-1-category": "president"}, "people-1-category"),
        ({"people-1-last_name": ""}, "people-1-last_name"),
        ({"organisation-kind": ""}, "organisation-kind"),
        ({"organisation-commune": ""}, "organisation-commune"),
        ({"organisation-query": "", "organisation-searched": ""}, "organisation-query"),
        ({"contact-last_name": "x" * 10_000}, "contact-last_name"),
        ({"contact-last_name": "Du\0bois"}, "contact-last_name"),
    ],
)
def test_a_fault_is_said_at_its_field_and_books_nothing(visitor, changed, field):
    visitor.open()
    response = visitor.press("continue", answers(**changed))

    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert visitor.press("confirm", answers(**changed)).status_code == 422
    assert not Booking.objects.exists()


def test_somebody_registered_already_is_named_at_their_line(visitor, occurrence):
    make_booking(occurrence, people=("omar",))
    response = visitor.register()

    assert response.status_code == 422
    assert 'id="id_people-1-email_error"' in response.content.decode()
    assert Booking.objects.count() == 1


# Participants


def test_lines_are_added_and_removed_without_losing_what_was_typed(visitor):
    visitor.open()
    typed = answers()
    more = text_of(visitor.press("add", typed))
    assert 'name="people-2-email"' in more
    assert "error-summary" not in more
    assert 'value="omar@example.org"' in more

    fewer = text_of(visitor.press("", typed, remove="0"))
    assert 'name="people-1-email"' not in fewer
    assert re.search(r'name="people-0-email" value="omar@example.org"', fewer)


def test_blank_lines_are_left_out(visitor):
    visitor.register(answers(**{"people-count": "4"}))
    assert Registration.objects.count() == 2


def test_at_most_twenty_lines_are_shown(visitor):
    visitor.open()
    page = text_of(visitor.press("add", answers(**{"people-count": "20"})))
    assert 'name="people-19-email"' in page
    assert 'name="people-20-email"' not in page


def test_five_thousand_participants_are_refused_without_a_crash(visitor):
    visitor.open()
    many = {f"people-{number}-email": f"p{number}@example.org" for number in range(5000)}
    response = visitor.press("continue", {**answers(), **many, "people-count": "5000"})
    assert response.status_code == 422
    assert "at most 20" in text_of(response)


# Organisation


def test_the_organisation_is_found_then_chosen_on_the_next_page(visitor):
    town = OrganisationFactory(name="Ville d'Amiens", siret="21800019100011")
    OrganisationFactory(name="Ville de Lens")
    visitor.open()
    found = text_of(
        visitor.press("search", answers(**{"organisation-query": "amiens ville", "organisation-choice": ""}))
    )
    assert "Ville d&#x27;Amiens" in found
    assert "Ville de Lens" not in found
    assert "error-summary" not in found

    visitor.press(
        "continue",
        answers(
            **{
                "organisation-query": "amiens ville",
                "organisation-searched": "amiens ville",
                "organisation-choice": str(town.pk),
            }
        ),
    )
    visitor.confirm()
    booking = Booking.objects.get()
    assert (booking.organisation, booking.organisation_name) == (town, "Ville d'Amiens")


def test_the_organisation_is_found_by_its_siret(visitor):
    OrganisationFactory(name="Ville d'Amiens", siret="21800019100011")
    visitor.open()
    assert "Amiens" in text_of(visitor.press("search", {"organisation-query": "218000191 00011"}))


def test_a_wrong_siret_is_told_as_soon_as_it_is_looked_for_and_asks_for_no_description(visitor):
    visitor.open()
    page = text_of(visitor.press("search", {"organisation-query": "218000191 00012"}))
    assert "This is not a SIRET number" in page
    assert "organisation-name" not in page


def test_a_right_siret_that_nobody_has_is_typed_once(visitor):
    visitor.open()
    found = visitor.press("search", {"organisation-query": "732 829 320 00074"})
    assert "has this number" in text_of(found)
    assert found.context["submission"].organisation["siret"].value() == "73282932000074"
    # Another search is for another organisation.
    other = visitor.press("search", {"organisation-query": "Voisins", "organisation-siret": "73282932000074"})
    assert other.context["submission"].organisation["siret"].value() == ""
    # Whoever never looked for it has it in the booking all the same.
    visitor.press("continue", answers(**{"organisation-query": "732 829 320 00074", "organisation-siret": ""}))
    visitor.confirm()
    assert Booking.objects.get().organisation_siret == "73282932000074"


def test_typing_a_name_and_continuing_at_once_asks_to_choose(visitor):
    OrganisationFactory(name="Ville d'Amiens")
    visitor.open()
    response = visitor.press(
        "continue", answers(**{"organisation-query": "Amiens", "organisation-searched": "", "organisation-choice": ""})
    )
    page = text_of(response)
    assert response.status_code == 422
    assert "Choose your organisation among those found" in page
    assert 'href="#id_organisation-choice_0"' in page
    assert 'type="radio"' in page


def test_a_choice_made_for_another_search_is_asked_again(visitor):
    amiens = OrganisationFactory(name="Ville d'Amiens")
    OrganisationFactory(name="Ville de Lens")
    visitor.open()
    response = visitor.press(
        "continue",
        answers(
            **{"organisation-query": "Lens", "organisation-searched": "Amiens", "organisation-choice": str(amiens.pk)}
        ),
    )
    assert response.status_code == 422
    assert not Booking.objects.exists()


def test_an_unknown_organisation_is_described(visitor):
    visitor.open()
    page = text_of(visitor.press("search", {"organisation-query": "Les Amis du quai"}))
    assert "No organisation of our directory has this name" in page
    assert 'name="organisation-commune"' in page


# Prices and places


def test_the_summary_shows_each_line_and_the_total_then_freezes_them(client, session_page):
    charged = make_occurrence(session_page, price_list=make_price_list(), capacity=5)
    visitor = Visitor(client, charged, "en")
    visitor.open()
    page = text_of(visitor.press("continue", answers()))
    assert page.count("€150") == 2
    assert "€300" in page

    visitor.confirm()
    assert [row.price_amount for row in Registration.objects.all()] == [Decimal(150)] * 2


def test_an_agent_of_a_member_sees_both_amounts_until_the_membership_is_proven(client, session_page):
    charged = make_occurrence(session_page, price_list=make_price_list(), capacity=5)
    town = OrganisationFactory(name="Ville de Creil")
    MembershipFactory(organisation=town)
    chosen = {"organisation-query": "Creil", "organisation-searched": "Creil", "organisation-choice": str(town.pk)}
    visitor = Visitor(client, charged)
    visitor.open()
    page = text_of(visitor.press("continue", answers(**chosen)))
    assert page.count("à confirmer : gratuit ou 150 €") == 2
    assert "à confirmer : gratuit ou 300 €" in page
    visitor.confirm()

    rows = Registration.objects.all()
    assert {(row.price_rule, row.price_amount) for row in rows} == {("to_be_confirmed", None)}
    assert {(row.price_if_member, row.price_otherwise) for row in rows} == {(0, 150)}


@pytest.mark.parametrize("shown", [None, "", "1:-150.00EUR", "x" * 10_000])
def test_a_price_changed_or_forged_is_shown_again_before_anything_is_booked(client, session_page, shown):
    charged = make_occurrence(session_page, price_list=make_price_list(), capacity=5)
    visitor = Visitor(client, charged, "en")
    visitor.open()
    visitor.press("continue", answers())
    if shown is None:
        Fee.objects.update(amount=Decimal(200))
    else:
        visitor.carried["shown_prices"] = shown

    response = visitor.confirm()
    assert response.status_code == 409
    assert "The price has changed" in text_of(response)
    assert not Booking.objects.exists()
    assert visitor.confirm().status_code == 302


def test_a_full_date_offers_the_waiting_list_and_tells_the_position(visitor, occurrence):
    make_booking(occurrence, people=tuple("abcde"))
    make_booking(occurrence, people=("f",))
    visitor.open()
    summary = text_of(visitor.press("continue", answers()))
    assert "Join the waiting list" in summary
    assert "1 person is waiting already" in summary

    page = text_of(visitor.client.get(visitor.confirm()["Location"]))
    assert "number 2" in page
    assert "number 3" in page


def test_a_seat_lost_between_summary_and_confirmation_becomes_a_place_on_the_list(visitor, occurrence):
    visitor.open()
    summary = text_of(visitor.press("continue", answers()))
    assert "Register for the session of" in summary
    make_booking(occurrence, people=tuple("abcde"))

    page = text_of(visitor.client.get(visitor.confirm()["Location"]))
    assert "You are on the waiting list" in page
    assert set(
        Registration.objects.filter(
            participant__booking__email="claire@example.org",
            participant__email__in=["claire@example.org", "omar@example.org"],
        ).values_list("state", flat=True)
    ) == {RegistrationState.WAITLISTED}


# Dates that take no registration


def test_an_unknown_or_unpublished_date_is_404(client, occurrence):
    assert client.get(register_url(occurrence).replace(str(occurrence.pk), "999999")).status_code == 404
    assert client.get(register_url(occurrence).replace(str(occurrence.pk), "9" * 30)).status_code == 404
    occurrence.page.unpublish()
    assert client.get(register_url(occurrence)).status_code == 404
    assert client.post(register_url(occurrence), answers()).status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": "cancelled"}, "This date is cancelled"),
        ({"status": "postponed"}, "This date is postponed"),
        ({"registration_mode": "save_the_date"}, "not open for registration yet"),
        ({"registration_mode": "none"}, "without registering"),
        ({"registration_mode": "elsewhere", "registration_url": "https://example.org/"}, "another site"),
    ],
)
def test_a_date_without_form_says_why_and_offers_the_others(visitor, occurrence, fields, sentence):
    other = make_occurrence(occurrence.page, days=40)
    row = Occurrence.objects.get(pk=occurrence.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    save_occurrence(row)

    response = visitor.client.get(visitor.url)
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert register_url(other, "en") in text_of(response)
    assert visitor.client.post(visitor.url, answers()).status_code == 409
    assert not Booking.objects.exists()


def test_a_past_date_says_so(client, session_page):
    past = make_occurrence(session_page, days=-2)
    assert "This date is past" in text_of(client.get(register_url(past, "en")))


def test_a_date_closed_between_summary_and_confirmation_says_so(visitor, occurrence):
    visitor.open()
    visitor.press("continue", answers())
    row = Occurrence.objects.get(pk=occurrence.pk)
    row.status = "postponed"
    save_occurrence(row)
    assert visitor.confirm().status_code == 409
    assert not Booking.objects.exists()


# Limits and abuse


def test_a_database_too_busy_keeps_what_was_typed_and_lets_one_try_again(visitor, monkeypatch):
    from registrations.form import views

    def busy(request):
        raise TooBusy

    visitor.open()
    visitor.press("continue", answers())
    with monkeypatch.context() as patch:
        patch.setattr(views, "book", busy)
        response = visitor.confirm()
    assert response.status_code == 503
    assert "Omar Benali" in text_of(response)
    assert visitor.confirm().status_code == 302


def test_the_trap_and_a_missing_first_page_book_nothing(visitor, client):
    visitor.open()
    visitor.press("continue", answers())
    assert visitor.confirm(website="https://spam.example").status_code == 422
    assert client.post(visitor.url, {**answers(), "action": "confirm"}).status_code == 422
    assert client.post(visitor.url, {**answers(), "action": "confirm", "opened": "forged"}).status_code == 422
    assert not Booking.objects.exists()


def test_an_answer_within_a_blink_is_asked_once_more(visitor, monkeypatch):
    monkeypatch.setattr(submission, "MINIMUM_SECONDS", 60)
    response = visitor.register()
    assert response.status_code == 422
    assert "omar@example.org" in text_of(response)
    monkeypatch.setattr(submission, "MINIMUM_SECONDS", 0)
    assert visitor.confirm().status_code == 302


def test_too_many_tries_from_one_contact_are_answered_politely_with_what_was_typed(visitor, monkeypatch):
    from registrations.form import views

    monkeypatch.setattr(views, "TRIES_PER_CONTACT", 1)
    first = visitor.register()
    assert first.status_code == 302
    cancel(Registration.objects.all(), actor="contact")
    again = visitor.register()
    assert again.status_code == 429
    assert "omar@example.org" in text_of(again)
    assert Booking.objects.count() == 1


def test_too_many_tries_from_one_address_are_refused(visitor, monkeypatch):
    from registrations.form import views

    monkeypatch.setattr(views, "TRIES_PER_ADDRESS", 0)
    assert visitor.register().status_code == 429


def test_the_form_needs_the_token_against_forgery(occurrence):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(register_url(occurrence), answers()).status_code == 403


def test_the_form_sets_no_other_cookie_than_the_one_against_forgery(visitor):
    visitor.register()
    assert set(visitor.client.cookies) <= {"csrftoken"}


@pytest.mark.parametrize(
    "hostile",
    [
        {"people-count": "-1"},
        {"people-count": "9" * 5000},
        {"people-count": "٣"},
        {"people-count": ["1", "2"]},
        {"contact-first_name": ["a", "b"]},
        {"key": "not a key"},
        {"key": ["a", "b"]},
        {"remove": "99"},
        {"remove": "-1"},
        {"remove": "²"},
        {"remove": "9" * 5000},
        {"action": "\0"},
        {"action": "explode"},
        {"organisation-query": "\0"},
        {"organisation-query": "%' OR 1=1 --"},
        {"organisation-query": "é" * 10_000},
        {"organisation-query": "1" * 200},
        {"organisation-choice": "9" * 400},
        {"organisation-searched": "\0"},
        {"contact-first_name": "<script>alert(1)</script>"},
        {"contact-first_name": "\ud800"},
        {"contact-first_name": 'Zoé "; DROP'},
        {"contact-first_name": "Zoé\r\nBcc: all@example.org"},
        {"contact-email": "a@b.c\r\nBcc: x@example.org"},
        {"people-1-first_name": "\u202e\u0007"},
        {"opened": "\0"},
        {"shown_prices": "\0"},
    ],
)
@pytest.mark.parametrize("action", ["search", "add", "continue", "confirm"])
def test_hostile_input_never_breaks_the_form(visitor, hostile, action):
    visitor.open()
    values = {**visitor.carried, **answers(), "action": action, **hostile}
    try:
        response = visitor.client.post(visitor.url, values)
    except UnicodeEncodeError:
        return  # the test client itself cannot send a lone surrogate
    assert response.status_code < 500
    assert "<script>alert(1)" not in response.content.decode()
    assert Organisation.objects.count() == 0


def test_a_body_that_is_no_form_never_breaks_it(visitor):
    for body, kind in (
        (b"{", "application/json"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"x", "multipart/form-data"),
    ):
        assert visitor.client.post(visitor.url, body, content_type=kind).status_code < 500
    assert visitor.client.put(visitor.url).status_code == 405
