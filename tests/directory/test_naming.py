"""What a page names: whoever it leads to has a page, and a territory shows what takes place there."""

import json
import re

import pytest
from django.test import Client
from django.utils.translation import override

from directory.addresses import slug, url_of
from directory.enums import OrganisationRole, PersonRole
from directory.models import Country, PageOrganisation, PagePerson
from events.enums import OccurrenceStatus
from events.models import EventPage, OccurrenceCoOrganiser
from portal.blocks.library import body_blocks
from resources.models import CaseStudyPage
from search.models import SearchEntry, SearchEntryFacet
from tests.factories.directory import OrganisationFactory, PersonFactory, VenueFactory, make_territory
from tests.factories.events import make_occurrence
from tests.factories.pages import make_page, make_session
from tests.factories.references import make_references
from tests.factories.streams import stored, stored_items

pytestmark = pytest.mark.django_db


def shown(client: Client, row: object, language: str = "fr") -> str:
    """Return the page of a row."""
    with override(language):
        response = client.get(url_of(row))
    assert response.status_code == 200
    return response.content.decode()


def test_whoever_holds_a_date_with_the_centre_has_a_page_that_shows_it(client, committed):
    host = OrganisationFactory(name="Maison des associations")
    with committed():
        session = make_session("Séance introductive")
        occurrence = make_occurrence(session, days=10)
    with committed():
        row = OccurrenceCoOrganiser.objects.create(occurrence=occurrence, organisation=host)
    assert "Séance introductive" in shown(client, host)
    with committed():
        row.delete()
    with override("fr"):
        assert client.get(url_of(host)).status_code == 404


@pytest.mark.parametrize("role", PersonRole.values)
def test_the_employer_of_whoever_speaks_or_answers_has_a_page(client, role, committed):
    person = PersonFactory(organisation=OrganisationFactory(name="Ville de Creil"))
    with committed():
        event = make_page(EventPage, "Journée")
        event.page_people = [PagePerson(person=person, role=role)]
        event.save_revision().publish()
    assert "Journée" in shown(client, person.organisation)


def test_the_employer_on_a_card_of_contact_has_a_page(client, committed):
    contact = PersonFactory(organisation=OrganisationFactory())
    body = [stored("contact_cards", {"title": "", "contacts": stored_items({"person": contact.pk})})]
    with committed():
        make_page(CaseStudyPage, "Fiche", body=body_blocks().to_python(body))
    assert "Fiche" in shown(client, contact.organisation)


def test_a_territory_shows_what_takes_place_there_with_the_date_held_there(client, committed):
    towns = [make_territory("Amiens", "80021"), make_territory("Lille", "59350"), make_territory("Creil", "60175")]
    region = make_territory("Oise", "60")
    towns[2].move(region, "sorted-child")
    with committed():
        session = make_session("Séance introductive")
        amiens, lille = (make_occurrence(session, days=days, venue=VenueFactory()) for days in (40, 10))
        held = make_occurrence(session, days=-30, venue=VenueFactory())
        for occurrence, town in zip((amiens, lille, held), towns, strict=True):
            occurrence.venue.territory = town
            occurrence.venue.save()
    day = f"{amiens.day.day}\xa0"
    assert "Prochaine date" in shown(client, towns[0])
    assert str(amiens.day.year) in shown(client, towns[0])
    assert day in re.search(r"Prochaine date[^<]*", shown(client, towns[0]))[0].replace("1er", "1").replace(" ", "\xa0")
    assert "Séance introductive" in shown(client, towns[2])
    assert "Prochaine date" not in shown(client, towns[2])
    assert "Séance introductive" in shown(client, towns[2].get_parent() or towns[2])
    with committed():
        amiens.status = OccurrenceStatus.CANCELLED
        amiens.save()
    assert "Séance introductive" not in shown(client, towns[0])


def test_a_date_is_found_by_where_it_is_held_and_not_by_where_the_others_are(committed):
    towns = [make_territory("Amiens", "80021"), make_territory("Lille", "59350")]
    with committed():
        session = make_session("Séance")
        for number, town in enumerate(towns):
            make_occurrence(session, days=10 + number, venue=VenueFactory(territory=town))
    facets = SearchEntryFacet.objects.filter(name="territory")
    dates = facets.filter(entry__kind="occurrence").order_by("entry__starts")
    assert list(dates.values_list("label_fr", flat=True)) == ["Amiens", "Lille"]
    assert facets.filter(entry__kind="session").count() == 2


def test_the_country_of_whoever_paid_or_speaks_is_no_country_of_the_experience(committed):
    def town_of(code: str) -> object:
        return OrganisationFactory(country=Country.objects.create(code=code, label_fr=code))

    lead, partner, funder, seen, observer, speaking = map(town_of, ("FR", "PL", "BE", "IT", "LV", "PT"))
    body = [
        stored("close_ups", {"title": "", "close_ups": stored_items({"organisation": seen.pk, "text": "<p>Là.</p>"})}),
        stored(
            "partner_observations",
            {"title": "", "observations": stored_items({"organisation": observer.pk, "text": "<p>Vu.</p>"})},
        ),
        stored("quotation", {"text": "Oui.", "speaker_name": "Ana", "organisation": speaking.pk, "anchor": ""}),
    ]
    with committed():
        page = make_page(CaseStudyPage, "Fiche", lead=lead, body=body_blocks().to_python(body))
        page.page_organisations = [
            PageOrganisation(organisation=partner, role=OrganisationRole.PARTNER),
            PageOrganisation(organisation=funder, role=OrganisationRole.FUNDER),
        ]
        page.save_revision().publish()
    entry = SearchEntry.objects.get(kind="case_study")
    assert set(entry.facets.filter(name="country").values_list("code", flat=True)) == {"FR", "PL", "IT", "LV"}
    assert entry.facets.filter(name="organisation").count() == 6


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Communauté urbaine d’Arras", "communaute-urbaine-d-arras"),
        ("Communauté d'agglomération de l'Oise", "communaute-d-agglomeration-de-l-oise"),
        ("’", "organisation"),
    ],
)
def test_an_address_parts_words_at_their_apostrophes(name, written):
    assert slug(name, "organisation") == written


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_way_to_a_page_starts_at_the_home_page_as_it_is_shown(client, language):
    city = OrganisationFactory(name="Ville de Creil")
    make_references(1, ("organisation", str(city.pk), city.name))
    page = shown(client, city, language)
    data = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    way = data["@graph"][-1]["itemListElement"]
    crumbs = re.search(r'<nav class="breadcrumbs".*?</nav>', page, re.DOTALL)[0]
    assert [step["name"] for step in way] == re.findall(r">([^<>\n]+)</(?:a|span)>", crumbs)
    assert way[0]["item"].endswith(f"/{language}/")
    assert [step["position"] for step in way] == [1, 2, 3, 4]
