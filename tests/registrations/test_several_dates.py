"""One form for a whole cycle: one of the repeated dates, the sessions one ticks, each with its places."""

import pytest
from django.test import Client
from wagtail.models import Locale, Site

from cycles.models import SessionPage, TrainingCyclePage
from events.enums import Attend
from events.models import Occurrence
from events.services import save_occurrence
from outbox.models import Message
from registrations.models import Booking, Registration
from registrations.services import AlreadyRegistered, OneOfThem
from tests.factories.directory import VenueFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.pages import translate_page
from tests.factories.registrations import make_booking
from tests.registrations.visitor import Visitor, answers, page_url

pytestmark = pytest.mark.django_db


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ").split())


@pytest.fixture
def cycle(db):
    """A cycle: an introduction on two dates, of which one attends one; a session that costs something; one online."""
    root = Site.objects.get(is_default_site=True).root_page
    french = Locale.objects.get(language_code="fr")
    page = root.add_child(
        instance=TrainingCyclePage(title="Contrats de ville", slug="contrats", live=True, locale=french)
    )
    for title, attend, optional in (
        ("Introduction", Attend.ONE, False),
        ("Gouvernance", Attend.ANY, False),
        ("Point d’étape", Attend.ANY, True),
    ):
        page.add_child(
            instance=SessionPage(
                title=title, slug=title[:4].lower(), attend=attend, optional=optional, live=True, locale=french
            )
        )
    return page


@pytest.fixture
def dates(cycle):
    introduction, governance, meeting = (page.specific for page in cycle.get_children())
    return {
        "lille": make_occurrence(introduction, days=20, venue=VenueFactory(town="Lille"), capacity=5),
        "creil": make_occurrence(introduction, days=21, venue=VenueFactory(town="Creil"), capacity=5),
        "amiens": make_occurrence(
            governance, days=40, venue=VenueFactory(town="Amiens"), capacity=5, price_list=make_price_list()
        ),
        "visio": make_occurrence(meeting, days=50, video_link="https://visio.example/x", capacity=50),
    }


def chosen(*occurrences):
    fields = {}
    for occurrence in occurrences:
        fields.setdefault(f"stage-{occurrence.page_id}", []).append(str(occurrence.pk))
    return fields


def test_the_form_shows_each_session_with_its_dates_places_and_prices(client, cycle, dates):
    page = text_of(Visitor(client, cycle).open())
    assert page.index("Introduction") < page.index("Gouvernance") < page.index("Point d’étape")
    assert page.count('type="radio"') == 3
    assert page.count("5 places libres") == 3
    assert "150 €" in page
    assert "(facultatif)" in page


def test_one_booking_holds_a_repeated_date_and_the_sessions_ticked(client, cycle, dates):
    visitor = Visitor(client, cycle)
    visitor.open()
    summary = text_of(visitor.press("continue", {**answers(), **chosen(dates["lille"], dates["amiens"])}))
    assert "300 €" in summary
    assert "S’inscrire à 2 dates" in summary
    assert Booking.objects.count() == 0
    visitor.confirm()

    rows = Registration.objects.all()
    assert Booking.objects.count() == 1
    assert {(row.occurrence_id, row.state) for row in rows} == {
        (dates["lille"].pk, "confirmed"),
        (dates["amiens"].pk, "confirmed"),
    }
    assert rows.count() == 4
    assert Message.objects.count() == 2


def test_a_full_date_never_blocks_the_rest_and_comes_after_those_with_places(client, cycle, dates):
    make_booking(dates["lille"], people=tuple("abcde"))
    page = text_of(Visitor(client, cycle).open())
    assert page.index("Creil") < page.index("Lille")
    assert "Celles où il reste des places viennent en premier" in page

    visitor = Visitor(client, cycle)
    visitor.open()
    summary = text_of(visitor.press("continue", {**answers(), **chosen(dates["lille"], dates["visio"])}))
    assert "liste d’attente" in summary
    visitor.confirm()
    rows = Registration.objects.filter(participant__booking__first_name="Claire", participant__first_name="Omar")
    assert {(row.occurrence_id, row.state) for row in rows} == {
        (dates["lille"].pk, "waitlisted"),
        (dates["visio"].pk, "confirmed"),
    }


def test_the_total_leaves_out_what_one_waits_for_and_says_how_a_group_waits(client, cycle, dates):
    make_booking(dates["amiens"], people=tuple("abcde"))
    visitor = Visitor(client, cycle)
    visitor.open()
    summary = visitor.press("continue", {**answers(), **chosen(dates["amiens"], dates["visio"])})
    assert str(summary.context["total"]) == "gratuit"
    assert "Le total ne compte pas ce que vous attendez" in text_of(summary)
    assert "des places vous sont proposées dès que 2 sont libres ensemble" in text_of(summary)

    private = client.get(visitor.confirm().url)
    assert "Total : gratuit" in text_of(private)
    assert "dès que 2 sont libres ensemble" in text_of(private)
    # Where all of it is waited for, the total says what that would cost.
    visitor = Visitor(client, cycle)
    visitor.open()
    others = {"contact-email": "lea@example.org", "people-1-email": "leo@example.org"}
    summary = visitor.press("continue", {**answers(**others), **chosen(dates["amiens"])})
    assert text_of(summary).count("300 €") == 1


def test_a_group_that_no_waiting_helps_is_told_so_and_of_the_same_session_elsewhere(client, cycle, dates):
    Occurrence.objects.filter(pk=dates["lille"].pk).update(capacity=1)
    visitor = Visitor(client, cycle)
    visitor.open()
    summary = text_of(visitor.press("continue", {**answers(), **chosen(dates["lille"])}))
    assert "votre groupe de 2 attendrait en vain" in summary
    assert "Creil" in summary
    private = text_of(client.get(visitor.confirm().url))
    assert "Cette date n’a que 1 place en tout" in private


def test_the_message_and_the_proof_count_as_the_page_does(client, cycle, dates):
    make_booking(dates["amiens"], people=tuple("abcde"))
    visitor = Visitor(client, cycle)
    visitor.open()
    visitor.press("continue", {**answers(), **chosen(dates["amiens"], dates["visio"])})
    visitor.confirm()
    told = Message.objects.filter(recipient="claire@example.org").latest("pk")
    for part in (told.text, told.html):
        assert "Le total ne compte pas ce que vous attendez" in part


def test_the_only_date_with_a_place_is_ticked_and_one_of_several_is_not(client, cycle, dates):
    assert "checked" not in text_of(Visitor(client, cycle).open())
    page = dates["amiens"].page
    assert Visitor(client, page).open().context["choice"].ids == (dates["amiens"].pk,)
    make_booking(dates["amiens"], people=tuple("abcde"))
    assert Visitor(client, page).open().context["choice"].ids == ()


def test_without_any_date_it_asks_for_one_and_keeps_what_was_typed(client, cycle, dates):
    visitor = Visitor(client, cycle)
    visitor.open()
    response = visitor.press("continue", answers())
    assert response.status_code == 422
    assert "Choisissez au moins une date" in text_of(response)
    assert "omar@example.org" in text_of(response)


def test_two_dates_of_the_same_session_are_refused_by_the_form_and_by_the_service(client, cycle, dates):
    visitor = Visitor(client, cycle)
    visitor.open()
    response = visitor.press("continue", {**answers(), **chosen(dates["lille"], dates["creil"])})
    assert response.status_code == 422
    assert "une seule date pour cette séance : Introduction" in text_of(response)
    with pytest.raises(OneOfThem):
        make_booking(dates["lille"], dates["creil"])


def test_somebody_registered_for_one_of_the_repeated_dates_is_not_registered_for_another(dates):
    make_booking(dates["lille"], people=("ines",))
    with pytest.raises(AlreadyRegistered):
        make_booking(dates["creil"], people=("ines",))
    assert make_booking(dates["amiens"], people=("ines",)).created


def test_a_date_that_closes_meanwhile_is_said_and_the_others_are_kept(client, cycle, dates):
    visitor = Visitor(client, cycle)
    visitor.open()
    visitor.press("continue", {**answers(), **chosen(dates["lille"], dates["visio"])})
    row = Occurrence.objects.get(pk=dates["lille"].pk)
    row.status = "cancelled"
    save_occurrence(row)

    response = visitor.confirm()
    # What was chosen and can no longer be is not passed over in silence.
    assert response.status_code == 409
    assert "Cette date ne prend plus d’inscription" in text_of(response)
    assert f'value="{dates["visio"].pk}" checked' in text_of(response)
    assert not Registration.objects.exists()


@pytest.mark.parametrize("forged", ["0", "999999", "x", "\x00", "-1"])
def test_a_forged_date_is_no_choice(client, cycle, dates, forged):
    visitor = Visitor(client, cycle)
    visitor.open()
    response = visitor.press("continue", {**answers(), f"stage-{dates['lille'].page_id}": forged})
    assert response.status_code == 422
    assert "Choisissez au moins une date" in text_of(response)


def test_the_form_speaks_english_with_the_english_titles_that_exist(client, cycle, dates):
    session = SessionPage.objects.get(title="Gouvernance")
    translate_page(session, {"Gouvernance": "Governance"})
    page = text_of(client.get(page_url(cycle, "en")))
    assert "Governance" in page
    assert '<span lang="fr">Introduction</span>' in page
    assert "None of these dates" in page


def test_a_page_without_dates_or_not_public_has_no_form(client, cycle):
    assert client.get(page_url(cycle)).status_code == 404
    make_occurrence(cycle.get_children().first().specific)
    assert client.get(page_url(cycle)).status_code == 200
    cycle.get_children().first().unpublish()
    assert client.get(page_url(cycle)).status_code == 404


def test_a_cycle_with_nothing_open_says_so(client, cycle):
    make_occurrence(cycle.get_children().first().specific, registration_mode="none")
    response = client.get(page_url(cycle))
    assert response.status_code == 200
    assert "Aucune de ses dates ne prend d’inscription" in text_of(response)


def test_the_cycle_leads_to_its_form_while_several_dates_are_open(client, cycle, dates):
    assert page_url(cycle) in client.get(cycle.url).content.decode()


def test_a_full_date_offers_the_same_session_elsewhere_first(client, dates):
    make_booking(dates["lille"], people=tuple("abcde"))
    page = text_of(Visitor(client, dates["lille"]).open())
    assert "La même séance, là où il reste des places" in page
    assert page.index("La même séance") < page.index("Votre organisme")
    assert f"/inscription/{dates['creil'].pk}/" in page


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (
            "Inès Martin <ines@ville.example>; cheffe de projet",
            ("Inès", "Martin", "ines@ville.example", "cheffe de projet"),
        ),
        (
            "MARTIN\tInès\tines@ville.example\tcheffe de projet",
            ("Inès", "MARTIN", "ines@ville.example", "cheffe de projet"),
        ),
        ("ines@ville.example", ("", "", "ines@ville.example", "")),
        ("Jean-Paul DE LA TOUR, jp@ville.example", ("Jean-Paul", "DE LA TOUR", "jp@ville.example", "")),
        ("Omar;Benali;omar@ville.example", ("Omar", "Benali", "omar@ville.example", "")),
    ],
)
def test_a_list_pasted_fills_the_lines_of_the_form(client, dates, line, row):
    visitor = Visitor(client, dates["amiens"])
    visitor.open()
    page = text_of(visitor.press("paste", {**answers(), "pasted": f"{line}\nsans adresse"}))
    names = ("first_name", "last_name", "email", "job_title")
    for name, value in zip(names, row, strict=True):
        field = page.split(f'name="people-2-{name}"')[1].split(">")[0]
        assert (f'value="{value}"' in field) if value else ("value=" not in field)
    assert "1 personne a été lue dans votre liste" in page
    assert "sans adresse</textarea>" in page


def test_more_people_than_a_booking_holds_stay_in_the_list(client: Client, dates):
    visitor = Visitor(client, dates["amiens"])
    visitor.open()
    listed = "\n".join(f"p{number}@ville.example" for number in range(25))
    page = text_of(visitor.press("paste", {**answers(), "pasted": listed}))
    assert "18 personnes ont été lues" in page
    assert "p18@ville.example p19@ville.example" in page.split("<textarea")[1]
