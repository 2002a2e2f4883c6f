"""The block «map of places»: the list says everything, the map shows where."""

import re
from decimal import Decimal

import pytest
from wagtail.blocks import StructBlockValidationError

from directory.blocks import body_field
from home.models import CentreSettings, StandardPage
from home.services import create_skeleton
from portal.blocks.library import PAGE_KINDS, body_blocks
from portal.blocks.reading import body_sections
from tests.factories.directory import VenueFactory, make_territory
from tests.factories.pages import make_page, translate_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def centre():
    centre = CentreSettings.for_site(create_skeleton()["home"].get_site())
    centre.region = "32"
    centre.save()
    return centre


def places_map(*places):
    rows = [{"type": "item", "id": f"p{number}", "value": place} for number, place in enumerate(places)]
    return [{"type": "places_map", "value": {"title": "Cinq villes", "places": rows}}]


def lille():
    territory = make_territory("Lille", "59350")
    territory.latitude, territory.longitude = Decimal("50.63"), Decimal("3.06")
    territory.save()
    return territory


def html_of(client, page):
    return client.get(page.url).content.decode()


def test_the_list_names_every_place_and_the_map_marks_those_in_the_region(client):
    venue = VenueFactory(name="Quai", town="Amiens", latitude=Decimal("49.89"), longitude=Decimal("2.30"))
    nantes = VenueFactory(name="Halle", town="Nantes", latitude=Decimal("47.22"), longitude=Decimal("-1.55"))
    body = places_map(
        {"territory": lille().pk, "text": "Trois soirées."},
        {"label": "Chez les voisins", "venue": nantes.pk, "text": ""},
        {"venue": venue.pk, "text": ""},
        {"label": "Partout", "text": "<b>Et ailleurs</b>"},
    )
    html = html_of(client, make_page(StandardPage, "Tour", body=body))
    for name in ("Lille", "Trois soirées.", "Chez les voisins", "Quai, Amiens", "Partout", "&lt;b&gt;Et ailleurs"):
        assert name in html
    drawing = html[html.index('<svg class="region-map"') :]
    drawing = drawing[: drawing.index("</svg>")]
    assert re.findall(r"<g[^>]*><title>([^<]+)<", drawing) == ["Lille", "Quai, Amiens"]
    assert 'role="img"' in drawing
    assert "<desc" in drawing
    assert "style=" not in drawing
    assert "Pas-de-Calais" in drawing


def test_decimals_of_the_drawing_have_a_point_in_french_too(client):
    html = html_of(client, make_page(StandardPage, "Tour", body=places_map({"territory": lille().pk})))
    assert re.search(r'<circle cx="\d+\.\d" cy="\d+\.\d"', html)


@pytest.mark.parametrize("region", ["", "99"])
def test_without_a_region_the_list_stands_alone(client, centre, region):
    CentreSettings.objects.update(region=region)
    html = html_of(client, make_page(StandardPage, "Tour", body=places_map({"territory": lille().pk})))
    assert "Lille" in html
    assert "region-map" not in html


def test_its_texts_are_translated_and_found(client):
    page = make_page(
        StandardPage, "Tour", body=places_map({"label": "Partout", "territory": lille().pk, "text": "Un banquet."})
    )
    english = translate_page(page, {"Partout": "Everywhere", "Un banquet.": "A feast."})
    html = html_of(client, english)
    assert "Everywhere" in html
    assert "A feast." in html
    assert "1 place is marked" in html
    assert body_sections(page.body) == [("", "", "Cinq villes\nPartout\nLille\nUn banquet.")]


def test_every_kind_of_page_offers_it():
    assert all("places_map" in body_field(kind).stream_block.child_blocks for kind in PAGE_KINDS)


def test_a_place_has_a_name_or_one_row_of_the_directory():
    place = body_blocks().child_blocks["places_map"].child_blocks["places"].child_block
    for value in ({}, {"territory": lille().pk, "venue": VenueFactory().pk}):
        with pytest.raises(StructBlockValidationError):
            place.clean(place.to_python(value))
    assert place.clean(place.to_python({"label": "Creil"}))["label"] == "Creil"
