"""The private space without a password: who opens it, for how long, and what each kind of person sees there."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from outbox.models import Message
from registrations.models import AccessLink, OpenSpace, Referent, Transition
from registrations.services import Contact, Employer, cancel
from registrations.space import spaces
from registrations.space import views as space_views
from tests.factories.directory import OrganisationFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.registrations import make_booking, registrations_of, states_of
from tests.registrations.test_participant_documents import hand_out, make_document
from tests.registrations.visitor import private_url

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def result(occurrence):
    """Claire registers Ines and Omar."""
    return make_booking(occurrence, people=("ines", "omar"))


def link_for(client, email, language="fr"):
    """Ask for a link and return its path."""
    assert client.post(private_url("space", language=language), {"email": email}).status_code == 302
    message = Message.objects.filter(kind="registration_access").latest("pk")
    return re.search(r"https?://[^/\s]+(/\S+)", message.text)[1]


def enter(email, language="fr"):
    """Return a browser whose space is open."""
    client = Client()
    path = link_for(client, email, language)
    assert client.post(path).status_code == 302
    return client


def text(response):
    return response.content.decode()


def test_whoever_reads_the_mailbox_opens_a_space_that_shows_their_dates(client, result, occurrence):
    path = link_for(client, "ines@example.org")
    assert Message.objects.get(kind="registration_access").recipient == "ines@example.org"
    page = client.get(path)
    assert page.status_code == 200
    assert "<form" in text(page)
    response = client.post(path)
    assert response["Location"] == private_url("space")
    shown = text(client.get(private_url("space")))
    assert "Gouvernance" in shown
    assert private_url("booking", result.booking.pk) in shown


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_answer_is_the_same_whatever_the_address(client, result, language):
    url = private_url("space", language=language)
    answers = []
    for email in ("claire@example.org", "ines@example.org", "nobody@example.org"):
        response = client.post(url, {"email": email}, follow=True)
        answers.append((response.redirect_chain, re.sub(r'csrf\w+" value="[^"]+', "", text(response))))
    assert answers[0] == answers[1] == answers[2]
    assert {row.recipient for row in Message.objects.filter(kind="registration_access")} == {
        "claire@example.org",
        "ines@example.org",
    }


def test_the_same_work_is_done_for_an_address_that_nobody_registered(result, monkeypatch):
    written = []
    monkeypatch.setattr(spaces, "write_access_link", lambda *args: written.append(args))
    counts = []
    for email in ("ines@example.org", "nobody@example.org"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            spaces.ask_for_link(email, "fr")
        counts.append([re.sub(r"'[^']*'|\d+", "?", row["sql"])[:30] for row in queries])
    assert len(written) == 2
    assert [row for row in counts[0] if "SAVEPOINT" not in row] == [row for row in counts[1] if "SAVEPOINT" not in row]
    assert AccessLink.objects.filter(person_key="nobody@example.org").count() == 0


def test_a_message_goes_to_the_address_on_record_not_to_a_look_alike(client, result):
    link_for(client, "INES+other@example.org")
    assert Message.objects.get(kind="registration_access").recipient == "ines@example.org"


def test_opening_the_link_uses_nothing_up_and_the_button_works_once(client, result):
    path = link_for(client, "ines@example.org")
    for _time in range(2):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert OpenSpace.objects.count() == 0
    assert client.post(path).status_code == 302
    other = Client()
    assert other.get(path).status_code == 404
    assert other.post(path).status_code == 404
    assert "ines" not in text(other.post(path)).lower()
    assert OpenSpace.objects.count() == 1


@pytest.mark.parametrize(("language", "words"), [("fr", "Mes inscriptions"), ("en", "My registrations")])
def test_every_page_leads_to_the_space_in_its_foot(client, db, language, words):
    foot = text(client.get(f"/{language}/not-there/")).split('<footer class="site-foot">')[1]
    assert f'<a href="{private_url("space", language=language)}">{words}</a>' in foot


def test_a_link_ends_after_an_hour_and_a_space_after_twelve(client, result, time_machine):
    now = timezone.now()
    path = link_for(client, "ines@example.org")
    time_machine.move_to(now + HOUR + datetime.timedelta(seconds=1))
    assert client.post(path).status_code == 404

    browser = enter("ines@example.org")
    booking = private_url("booking", result.booking.pk)
    assert browser.get(booking).status_code == 200
    time_machine.move_to(timezone.now() + 12 * HOUR + datetime.timedelta(seconds=5))
    assert browser.get(booking)["Location"] == private_url("space")
    assert "Gouvernance" not in text(browser.get(private_url("space")))


def test_tampered_secrets_open_nothing(client, result):
    path = link_for(client, "ines@example.org")
    swapped = path[:-2] + ("A/" if path[-2] != "A" else "B/")
    assert client.get(swapped).status_code == 404
    assert client.post(swapped).status_code == 404
    browser = enter("ines@example.org")
    cookie = browser.cookies["space"]
    browser.cookies["space"] = cookie.value[:-1] + ("a" if cookie.value[-1] != "a" else "b")
    assert browser.get(private_url("booking", result.booking.pk)).status_code == 302


def test_only_hashes_are_kept(client, result):
    path = link_for(client, "ines@example.org")
    secret = path.rstrip("/").rsplit("/", 1)[1]
    assert AccessLink.objects.get().hash == spaces.hash_of(secret) != secret
    client.post(path)
    assert client.cookies["space"].value.split(":")[0] != OpenSpace.objects.get().hash


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client, result, settings):
    settings.SESSION_COOKIE_SECURE = True
    client.post(link_for(client, "ines@example.org"))
    cookie = client.cookies["space"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 12 * 3600


def test_one_closes_this_space_or_all_of_them(result):
    first, second = enter("ines@example.org"), enter("ines@example.org")
    other = enter("omar@example.org")
    first.post(private_url("close_space"))
    booking = private_url("booking", result.booking.pk)
    assert [browser.get(booking).status_code for browser in (first, second)] == [302, 200]

    third = enter("ines@example.org")
    on_its_way = link_for(Client(), "ines@example.org")
    third.post(private_url("close_all_spaces"))
    assert second.get(private_url("booking", result.booking.pk)).status_code == 302
    assert Client().post(on_its_way).status_code == 404
    assert other.get(private_url("booking", result.booking.pk)).status_code == 200


def test_a_stolen_cookie_is_worth_nothing_after_closing(result):
    browser = enter("ines@example.org")
    stolen = browser.cookies["space"].value
    browser.post(private_url("close_space"))
    thief = Client()
    thief.cookies["space"] = stolen
    assert thief.get(private_url("booking", result.booking.pk)).status_code == 302


@pytest.mark.parametrize("name", ["close_space", "close_all_spaces"])
def test_closing_needs_a_post_and_the_token_against_forgery(result, name):
    browser = enter("ines@example.org")
    assert browser.get(private_url(name)).status_code == 405
    browser.handler.enforce_csrf_checks = True
    assert browser.post(private_url(name)).status_code == 403


def test_the_space_is_neither_cached_nor_indexed(client, result):
    browser = enter("ines@example.org")
    path = link_for(client, "ines@example.org")
    for response in (browser.get(private_url("space")), client.get(path), client.get(private_url("space"))):
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]


def test_asking_is_limited_per_address_and_per_client(client, result):
    url = private_url("space")
    for _time in range(space_views.TRIES_PER_EMAIL):
        assert client.post(url, {"email": "ines@example.org"}).status_code == 302
    assert client.post(url, {"email": "INES@example.org"}).status_code == 429
    for number in range(space_views.TRIES_PER_ADDRESS):
        last = client.post(url, {"email": f"x{number}@example.org"}).status_code
    assert last == 429


def test_what_is_no_address_is_told_and_kept(client, db):
    response = client.post(private_url("space", language="en"), {"email": "claire at example"})
    assert response.status_code == 422
    assert "claire at example" in text(response)
    assert "no e-mail address" in text(response)


def test_the_contact_sees_and_does_all_of_it(result, occurrence):
    browser = enter("claire@example.org")
    page = text(browser.get(private_url("booking", result.booking.pk)))
    assert "Ines Martin" in page
    assert "Omar Martin" in page
    assert result.booking.token not in page
    assert browser.get(private_url("calendar", result.booking.pk)).status_code == 200
    browser.post(private_url("cancel_all", result.booking.pk))
    assert states_of(result) == ["cancelled", "cancelled"]
    assert set(Transition.objects.filter(to_state="cancelled").values_list("actor", flat=True)) == {"contact"}


def test_a_participant_sees_and_cancels_their_own_lines_only(session_page):
    charged = make_occurrence(
        session_page, capacity=5, price_list=make_price_list(), video_link="https://visio.example/x"
    )
    result = make_booking(charged, people=("ines", "omar"))
    ines, _omar = registrations_of(result)
    browser = enter("omar@example.org")
    page = text(browser.get(private_url("booking", result.booking.pk)))
    assert "Omar Martin" in page
    assert "Ines" not in page
    assert "ines@" not in page
    assert "claire@" not in page
    assert "300" not in page.replace("\u202f", "")
    assert "visio.example" in page
    assert browser.post(private_url("cancel_one", result.booking.pk, ines.pk)).status_code == 404
    browser.post(private_url("cancel_all", result.booking.pk))
    assert states_of(result) == ["confirmed", "cancelled"]
    assert Transition.objects.get(to_state="cancelled").actor == "participant"


def test_a_participant_answers_no_offer_and_proves_nothing(occurrence, session_page):
    full = make_occurrence(session_page, capacity=2)
    seated = make_booking(full, people=("a", "b"))
    group = make_booking(full, people=("c", "d"))
    cancel(registrations_of(seated), actor="contact")
    offer = group.booking.offers.get()
    browser = enter("c@example.org")
    page = text(browser.get(private_url("booking", group.booking.pk)))
    assert private_url("accept_offer", group.booking.pk, offer.pk) not in page
    assert "Claire Dubois répond pour vous" in page
    assert browser.post(private_url("accept_offer", group.booking.pk, offer.pk)).status_code == 404
    assert browser.post(private_url("membership_code", group.booking.pk), {"code": "x"}).status_code == 404
    assert browser.post(private_url("send_proof_link", group.booking.pk)).status_code == 404
    assert states_of(group) == ["offered", "offered"]


def test_somebody_elses_booking_is_404(result, session_page):
    contact = Contact("Zoe", "Roy", "zoe@example.org")
    other = make_booking(make_occurrence(session_page), people=("lea",), contact=contact)
    browser = enter("zoe@example.org")
    assert browser.get(private_url("booking", other.booking.pk)).status_code == 200
    for name in ("booking", "calendar", "cancel_all"):
        assert browser.get(private_url(name, result.booking.pk)).status_code == 404
    assert "Ines" not in text(browser.get(private_url("space")))


def test_without_a_space_one_is_led_to_where_one_asks_for_it(client, result):
    for name in ("booking", "calendar", "cancel_all"):
        assert client.get(private_url(name, result.booking.pk))["Location"] == private_url("space")
    assert client.post(private_url("cancel_all", result.booking.pk))["Location"] == private_url("space")
    assert states_of(result) == ["confirmed", "confirmed"]


def test_a_referent_sees_and_manages_the_bookings_of_their_organisation(session_page):
    town = OrganisationFactory(name="Ville d’Amiens")
    occurrence = make_occurrence(session_page, capacity=5)
    result = make_booking(occurrence, people=("ines", "omar"), employer=Employer.known(town))
    elsewhere = make_booking(occurrence, people=("zoe",), employer=Employer.known(OrganisationFactory()))
    Referent.objects.create(organisation=town, email="paul@ville.example")

    browser = enter("paul@ville.example")
    page = text(browser.get(private_url("space")))
    assert "Ville d’Amiens" in page
    assert private_url("booking", result.booking.pk) in page
    assert private_url("booking", elsewhere.booking.pk) not in page
    assert browser.get(private_url("booking", elsewhere.booking.pk)).status_code == 404
    browser.post(private_url("cancel_one", result.booking.pk, registrations_of(result)[0].pk))
    assert states_of(result) == ["cancelled", "confirmed"]
    assert Transition.objects.get(to_state="cancelled").actor == "referent"

    Referent.objects.all().delete()
    assert browser.get(private_url("booking", result.booking.pk)).status_code == 404


def test_what_is_to_come_stands_first_and_what_is_over_below(result, session_page, time_machine, occurrence):
    later = make_occurrence(session_page, days=60)
    make_booking(later, people=("ines",))
    time_machine.move_to(occurrence.ends_at + HOUR)
    page = text(enter("ines@example.org").get(private_url("space", language="en")))
    assert page.index("The dates where I take part") < page.index(f"{later.day:%Y-%m-%d}") < page.index("What is over")
    assert page.index("What is over") < page.index(f"{occurrence.day:%Y-%m-%d}")


def test_the_cost_does_not_grow_with_the_bookings(session_page, django_assert_max_num_queries):
    make_booking(make_occurrence(session_page), people=("ines",))
    browser = enter("claire@example.org")
    with CaptureQueriesContext(connection) as one:
        browser.get(private_url("space"))
    for days in range(31, 37):
        make_booking(make_occurrence(session_page, days=days), people=("ines", "omar"))
    with django_assert_max_num_queries(len(one)):
        browser.get(private_url("space"))


def test_what_is_over_is_forgotten(client, result, time_machine):
    now = timezone.now()
    client.post(link_for(client, "ines@example.org"))
    time_machine.move_to(now + datetime.timedelta(hours=20))
    assert spaces.forget_spaces() == 0
    time_machine.move_to(now + datetime.timedelta(days=2))
    assert spaces.forget_spaces() == 2


def test_documents_and_video_links_are_gathered_for_who_holds_a_place_only(session_page):
    held = make_occurrence(session_page, capacity=2, video_link="https://visio.example/x")
    document = make_document()
    hand_out(session_page, document)
    result = make_booking(held, people=("ines", "omar"))
    make_booking(held, people=("zoe",))
    cancel(registrations_of(result)[1:], actor="contact")

    ines, omar = (enter(f"{name}@example.org") for name in ("ines", "omar"))
    served = private_url("participant_document", result.booking.pk, document.pk)
    page = text(ines.get(private_url("space")))
    assert "https://visio.example/x" in page
    assert served in page
    assert ines.get(served).status_code == 200
    # A colleague's place of the same booking opens nothing.
    gone = text(omar.get(private_url("space")))
    assert "visio.example" not in gone
    assert served not in gone
    assert omar.get(served).status_code == 403
    assert enter("zoe@example.org").get(served).status_code == 404
    assert Client().get(served)["Location"] == private_url("space")
