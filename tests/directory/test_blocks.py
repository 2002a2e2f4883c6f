"""Blocks that name rows of the directory: what they refuse, the addresses of passages, what the search keeps."""

from typing import Any

import pytest
from django.test import RequestFactory
from django.utils.html import strip_tags
from wagtail.blocks import StructBlockValidationError

from directory.models import Country, Network, Programme
from events.models import EventPage
from portal.blocks.library import body_blocks
from portal.blocks.reading import body_passages, chosen_rows, contact_rows
from resources.models import CaseStudyPage
from search.enums import Kind
from search.models import SearchEntry
from tests.factories.directory import OrganisationFactory, PersonFactory, ThemeFactory, make_territory
from tests.factories.events import make_occurrence
from tests.factories.pages import make_page, translate_page
from tests.factories.streams import stored, stored_items

BODY = body_blocks()
pytestmark = pytest.mark.django_db


def close_up(**fields: Any) -> dict[str, Any]:
    """Return a stored close-up."""
    return {"title": "", "text": "<p>Une permanence en quatre langues.</p>", "anchor": "", "themes": [], **fields}


def close_ups(*values: dict[str, Any]) -> dict[str, Any]:
    """Return a stored group of close-ups."""
    return stored("close_ups", {"title": "", "close_ups": stored_items(*values)})


def quotation(text: str = "On a commencé par écouter les gens du quartier.", **fields: Any) -> dict[str, Any]:
    """Return a stored quotation."""
    return stored("quotation", {"text": text, "speaker_name": "", "role": "", "anchor": "", **fields})


def refused(name: str, value: dict[str, Any]) -> set[str]:
    """Return the fields at which a block refuses a value; empty when it takes it."""
    child = BODY.child_blocks[name]
    path: list[str] = []
    try:
        child.clean(child.to_python(value))
    except StructBlockValidationError as error:
        errors = error.block_errors
        for field, inner in errors.items():
            items = getattr(inner, "block_errors", None)
            nested = [part for part in (items.values() if isinstance(items, dict) else items or []) if part]
            path += [name for part in nested for name in part.block_errors] or [field]
    return set(path)


def test_a_close_up_happened_somewhere():
    nowhere = close_ups(close_up())["value"]
    assert refused("close_ups", nowhere) == {"organisation"}
    organisation = OrganisationFactory()
    assert refused("close_ups", close_ups(close_up(organisation=organisation.pk))["value"]) == set()
    nantes = make_territory("Nantes", "44109")
    assert refused("close_ups", close_ups(close_up(territory=nantes.pk))["value"]) == set()


@pytest.mark.parametrize(("block_name", "items"), [("speakers", "speakers"), ("contact_cards", "contacts")])
def test_somebody_is_of_the_directory_or_named_here(block_name, items):
    person = PersonFactory()
    for value, fields in (({}, {"name"}), ({"person": person.pk, "name": "Ana"}, {"name"}), ({"name": "Ana"}, set())):
        assert refused(block_name, {"title": "", items: stored_items(value)}) == fields


def test_a_quotation_and_a_voice_have_one_speaker_or_none():
    person = PersonFactory()
    both = {"person": person.pk, "speaker_name": "Ana"}
    assert refused("quotation", quotation(**both)["value"]) == {"speaker_name"}
    for value, fields in (
        ({}, set()),
        ({"person": person.pk}, set()),
        ({"person": person.pk, "name": "Ana"}, {"name"}),
    ):
        voice = {"kind": "benefit", "text": "On se parle.", **value}
        assert refused("voices", {"title": "", "voices": stored_items(voice)}) == fields


def test_a_voice_of_the_directory_is_named_with_its_role_and_organisation():
    city = OrganisationFactory(name="Ville de Creil")
    person = PersonFactory(first_name="Ana", last_name="Diaz", organisation=city, job_title_fr="cheffe de projet")
    voice = {"kind": "benefit", "text": "On se parle.", "person": person.pk}
    body = BODY.to_python([stored("voices", {"title": "", "voices": stored_items(voice)})])
    shown = " ".join(strip_tags(body[0].render()).split())
    assert "Ana Diaz, cheffe de projet, Ville de Creil" in shown
    assert person in chosen_rows(BODY, body)


def test_moments_of_a_day_follow_one_another():
    def day(*starts: str) -> dict[str, Any]:
        moments = [{"starts": start, "ends": None, "title": "Accueil", "text": "", "speakers": []} for start in starts]
        return {"title": "", "items": stored_items(*moments)}

    assert refused("day_programme", day("09:00", "10:00", "10:00", "11:30")) == set()
    block = BODY.child_blocks["day_programme"]
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(block.to_python(day("09:00", "10:00", "08:30", "11:00")))
    at_fault = error.value.block_errors["items"].block_errors
    assert {place: set(moment.block_errors) for place, moment in at_fault.items()} == {2: {"starts"}}


def test_a_moment_of_a_day_ends_after_it_starts():
    moment = {"starts": "09:30", "ends": "09:00", "title": "Accueil", "text": "", "speakers": []}
    assert refused("day_programme", {"title": "", "items": stored_items(moment)}) == {"ends"}
    assert refused("day_programme", {"title": "", "items": stored_items({**moment, "ends": None})}) == set()


def test_a_close_up_is_named_after_its_place_in_every_language_and_two_of_one_town_have_two_addresses():
    nantes = make_territory("Nantes", "44109")
    body = BODY.clean(
        BODY.to_python([close_ups(close_up(territory=nantes.pk, title="Accueillir"), close_up(territory=nantes.pk))])
    )
    first, second = body_passages(body)
    assert (first.kind, first.anchor, first.heading) == ("close_up", "nantes", "Accueillir")
    assert (second.anchor, second.heading) == ("nantes-2", "Nantes")
    assert first.text == "Une permanence en quatre langues."
    assert first.rows == (nantes,)


def test_a_quotation_keeps_the_address_that_it_was_first_given():
    body = BODY.clean(BODY.to_python([quotation()]))
    assert body_passages(body)[0].anchor == "on-a-commence-par-ecouter-les"
    body[0].value["text"] = "Nous avons d’abord écouté."
    assert body_passages(BODY.clean(body))[0].anchor == "on-a-commence-par-ecouter-les"


def test_a_quotation_is_headed_by_who_speaks_else_by_its_first_words():
    city = OrganisationFactory(name="Ville de Creil")
    person = PersonFactory(first_name="Ana", last_name="Diaz", organisation=city, job_title_fr="cheffe de projet")
    named, nameless = body_passages(BODY.to_python([quotation(person=person.pk), quotation()]))
    assert (named.heading, named.summary) == ("Ana Diaz, Ville de Creil", "Ana Diaz, cheffe de projet, Ville de Creil")
    assert nameless.heading == "On a commencé par écouter les…"
    assert nameless.text == "On a commencé par écouter les gens du quartier."


def test_whom_to_turn_to_is_not_whom_the_page_is_about():
    speaker, contact = PersonFactory(), PersonFactory()
    body = BODY.to_python(
        [
            stored("speakers", {"title": "", "speakers": stored_items({"person": speaker.pk})}),
            stored("contact_cards", {"title": "", "contacts": stored_items({"person": contact.pk})}),
        ]
    )
    assert list(chosen_rows(BODY, body)) == [speaker]
    assert list(contact_rows(BODY, body)) == [contact]


def test_a_contact_shows_of_the_directory_only_what_the_person_agreed_to_publish():
    def shown(person: Any) -> str:
        body = BODY.to_python([stored("contact_cards", {"title": "", "contacts": stored_items({"person": person.pk})})])
        return body[0].render()

    details = {"email": "ana@example.org", "phone": "03 20 00 00 00"}
    assert "ana@example.org" in shown(PersonFactory(shows_contact_details=True, **details))
    silent = shown(PersonFactory(shows_contact_details=False, **details))
    assert "ana@example.org" not in silent
    assert "03 20" not in silent


def test_many_close_ups_cost_as_many_queries_as_few(django_assert_num_queries):
    programme = Programme.objects.create(code="urbact", label_fr="URBACT III")
    network = Network.objects.create(code="arrival", label_fr="ARRIVAL CITIES", programme=programme)
    france = Country.objects.create(code="FR", label_fr="France")
    theme = ThemeFactory()

    def raw(count: int) -> list[dict[str, Any]]:
        towns = [make_territory(f"Ville {number}-{count}", f"{number}-{count}") for number in range(count)]
        cities = [OrganisationFactory(country=france, territory=town) for town in towns]
        named = {"network": network.pk, "themes": stored_items(theme.pk)}
        values = [close_up(organisation=city.pk, **named) for city in cities]
        return [close_ups(*values)]

    for stored_body in (raw(2), raw(30)):
        # Organisations, territories (none chosen), networks, themes.
        with django_assert_num_queries(3):
            BODY.to_python(stored_body).render_as_block({"request": RequestFactory().get("/")})


def test_close_ups_and_quotations_are_entries_of_their_own_with_what_they_name(django_capture_on_commit_callbacks):
    nantes = make_territory("Nantes", "44109")
    city = OrganisationFactory(name="Nantes Métropole", territory=nantes)
    programme = Programme.objects.create(code="urbact-iii", label_fr="URBACT III")
    network = Network.objects.create(code="arrival-cities", label_fr="ARRIVAL CITIES", programme=programme)
    theme = ThemeFactory(code="migration")
    person = PersonFactory(organisation=city)
    with django_capture_on_commit_callbacks(execute=True):
        page = make_page(
            CaseStudyPage,
            "Capitalisation",
            body=[
                close_ups(close_up(organisation=city.pk, network=network.pk, themes=stored_items(theme.pk))),
                quotation(person=person.pk),
            ],
        )
    entry = SearchEntry.objects.get(kind=Kind.CLOSE_UP)
    facets = set(entry.facets.exclude(name__in=("lacks", "area")).values_list("name", "code"))
    assert entry.url == page.url
    assert entry.anchor == "nantes-metropole"
    assert facets == {
        ("organisation", str(city.pk)),
        ("territory", str(nantes.pk)),
        ("network", "arrival-cities"),
        ("programme", "urbact-iii"),
        ("theme", "migration"),
        ("year", str(entry.updated_on.year)),
    }
    said = SearchEntry.objects.get(kind=Kind.QUOTATION)
    assert {("person", str(person.pk)), ("organisation", str(city.pk))} <= set(said.facets.values_list("name", "code"))
    whole = SearchEntry.objects.get(kind=Kind.CASE_STUDY)
    assert ("theme", "migration") in set(whole.facets.values_list("name", "code"))


def test_a_translation_keeps_the_addresses_and_the_rows(django_capture_on_commit_callbacks):
    city = OrganisationFactory(name="Nantes Métropole")
    body = BODY.to_python([close_ups(close_up(organisation=city.pk, title="Accueillir")), quotation("Écouter.")])
    with django_capture_on_commit_callbacks(execute=True):
        page = make_page(CaseStudyPage, "Capitalisation", body=BODY.clean(body))
        translate_page(page, {"Accueillir": "Welcoming", "Écouter.": "Listening."})
    assert set(SearchEntry.objects.filter(language="en", anchor__gt="").values_list("kind", "anchor", "title")) == {
        ("close_up", "nantes-metropole", "Welcoming"),
        ("quotation", "ecouter", "Listening."),
    }


def test_two_streams_of_a_page_share_no_address_and_the_page_is_found_with_both(django_capture_on_commit_callbacks):
    nantes = make_territory("Nantes", "44109")
    before, after = ([close_ups(close_up(territory=nantes.pk, title=title))] for title in ("Avant", "Après"))
    with django_capture_on_commit_callbacks(execute=True):
        page = make_page(EventPage, "Journée", body=before, report=after)
        make_occurrence(page, days=-2)
    found = SearchEntry.objects.filter(kind=Kind.CLOSE_UP).values_list("title", "anchor")
    assert sorted(found) == [("Après", "nantes-2"), ("Avant", "nantes")]


def test_two_passages_written_without_care_for_their_address_do_not_hide_the_page(django_capture_on_commit_callbacks):
    twice = [quotation("Écouter."), quotation("Écouter.")]
    with django_capture_on_commit_callbacks(execute=True):
        make_page(CaseStudyPage, "Fiche", body=twice)
    assert SearchEntry.objects.filter(kind=Kind.CASE_STUDY).count() == 1
    assert SearchEntry.objects.filter(kind=Kind.QUOTATION).count() == 1
