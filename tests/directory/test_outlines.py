"""The outlines of the regions: places are drawn where they are, and nowhere else."""

import json
import math
from types import SimpleNamespace

import pytest

from directory.outlines import DATA, KILOMETRES_PER_DEGREE, outline_of, region_choices
from directory.outlines import _is_inside as is_inside
from directory.region_map import MOST_NUMBERS, RADIUS, Place, region_map

# Prefectures and sub-prefectures, in degrees, with the code of their région and of their département.
TOWNS = [
    ("Lille", 50.6292, 3.0573, "32", "59"),
    ("Dunkerque", 51.0343, 2.3768, "32", "59"),
    ("Arras", 50.2910, 2.7775, "32", "62"),
    ("Amiens", 49.8941, 2.2958, "32", "80"),
    ("Soissons", 49.3815, 3.3234, "32", "02"),
    ("Creil", 49.2583, 2.4833, "32", "60"),
    ("Paris", 48.8566, 2.3522, "11", "75"),
    ("Bobigny", 48.9087, 2.4397, "11", "93"),
    ("Strasbourg", 48.5734, 7.7521, "44", "67"),
    ("Nantes", 47.2184, -1.5536, "52", "44"),
    ("Brest", 48.3904, -4.4861, "53", "29"),
    ("Grenoble", 45.1885, 5.7245, "84", "38"),
    ("Ajaccio", 41.9192, 8.7386, "94", "2A"),
    ("Cayenne", 4.9224, -52.3135, "03", "973"),
    ("Saint-Denis", -20.8789, 55.4481, "04", "974"),
    ("Mamoudzou", -12.7806, 45.2278, "06", "976"),
    ("Fort-de-France", 14.6037, -61.0588, "02", "972"),
    ("Basse-Terre", 15.9985, -61.7255, "01", "971"),
]


def departements_around(outline, point, kilometres):
    """Return the codes of the départements that hold a point or come this near to it."""
    reach = kilometres / KILOMETRES_PER_DEGREE * outline.scale_y
    near = [
        (point[0] + reach * math.cos(step), point[1] + reach * math.sin(step)) for step in [n / 4 for n in range(26)]
    ]
    return {
        row.code for row in outline.departements for ring in row.rings for at in [point, *near] if is_inside(at, ring)
    }


@pytest.mark.parametrize(("town", "latitude", "longitude", "region", "departement"), TOWNS)
def test_a_town_is_drawn_in_its_departement_or_within_three_kilometres_of_it(
    town, latitude, longitude, region, departement
):
    outline = outline_of(region)
    point = outline.project(latitude, longitude)
    assert point is not None
    assert departement in departements_around(outline, point, kilometres=3)


def test_all_regions_and_departements_are_there_and_the_file_is_small():
    assert len(region_choices()) == 18
    codes = [row.code for code, _name in region_choices() for row in outline_of(code).departements]
    assert len(set(codes)) == len(codes) == 101
    assert DATA.stat().st_size < 150_000
    assert ("32", "Hauts-de-France") in region_choices()


@pytest.mark.parametrize("code", [code for code, _name in region_choices()])
def test_a_drawing_stays_in_its_frame_and_its_paths_hold_only_what_svg_reads(code):
    outline = outline_of(code)
    points = [point for row in outline.departements for ring in row.rings for point in ring]
    assert all(-1 <= x <= outline.width + 1 and -1 <= y <= outline.height + 1 for x, y in points)
    assert max(outline.width, outline.height) in (1000, 1001)
    assert not any(set(row.path) - set("mlz -0123456789") for row in outline.departements)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (48.8566, 2.3522),
        (50.8503, 4.3517),
        (50.9, 1.2),
        (0, 0),
        (-90, 180),
        (999.99999, -999.99999),
        (None, 3),
        (50, None),
    ],
)
def test_a_place_outside_the_region_or_unknown_is_not_drawn(latitude, longitude):
    assert outline_of("32").project(latitude, longitude) is None


def test_an_unknown_region_has_no_outline():
    assert outline_of("") is None
    assert outline_of("99") is None


def test_neighbours_share_their_border():
    stored = json.loads(DATA.read_text(encoding="utf-8"))
    assert set(stored) == {code for code, _name in region_choices()}
    rings = {row.code: {point for ring in row.rings for point in ring} for row in outline_of("32").departements}
    assert len(rings["59"] & rings["62"]) > 10


def at(latitude, longitude):
    return SimpleNamespace(latitude=latitude, longitude=longitude)


def test_marks_are_numbered_in_the_order_of_the_list_and_what_is_elsewhere_has_none():
    places = [Place("Lille", at(50.6292, 3.0573)), Place("Nantes", at(47.2184, -1.5536)), Place("Nowhere", None)]
    places.append(Place("Amiens", at(49.8941, 2.2958)))
    drawn = region_map(places, "32")
    assert [place.number for place in places] == [1, None, None, 2]
    assert [mark.label for mark in drawn.marks] == ["Lille", "Amiens"]


def test_numbers_of_neighbouring_towns_do_not_hide_each_other():
    places = [Place(str(number), at(50.63 + number / 500, 3.06)) for number in range(25)]
    drawn = region_map(places, "32")
    spots = [(mark.number_x, mark.number_y) for mark in drawn.marks]
    assert all(math.dist(a, b) >= 2 * RADIUS - 0.2 for n, a in enumerate(spots) for b in spots[:n])
    assert any(mark.is_apart for mark in drawn.marks)


def test_a_crowd_of_places_is_drawn_with_numbers_for_the_first_only():
    places = [Place(str(number), at(49.9, 2.7)) for number in range(MOST_NUMBERS + 5)]
    drawn = region_map(places, "32")
    assert len(drawn.marks) == MOST_NUMBERS + 5
    assert [place.number for place in places[-5:]] == [None] * 5


def test_without_any_place_in_the_region_there_is_no_map():
    assert region_map([Place("Nantes", at(47.2184, -1.5536))], "32") is None
    assert region_map([Place("Lille", at(50.6292, 3.0573))], "") is None
