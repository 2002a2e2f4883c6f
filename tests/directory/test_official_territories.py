"""The official list: every line of the file, and what it is found by."""

import gzip

import pytest

from directory.enums import TerritoryLevel
from directory.official_territories import (
    DATA,
    OfficialTerritory,
    official_by_code,
    official_by_siret,
    official_holding,
    official_named,
    official_territory,
    official_within,
)
from directory.typed_names import words_of


@pytest.fixture(scope="module")
def everything():
    return [OfficialTerritory.of_line(line) for line in gzip.decompress(DATA.read_bytes()).splitlines() if line]


def test_the_file_holds_france(everything):
    by_level = {level: sum(row.level == level for row in everything) for level in TerritoryLevel.values}
    assert by_level["region"] >= 18
    assert by_level["departement"] >= 101
    assert 1200 < by_level["intercommunality"] < 1400
    assert 34_000 < by_level["commune"] < 36_000
    assert len({row.key for row in everything}) == len(everything)


def test_every_territory_lies_in_territories_of_the_file_and_a_commune_in_a_region(everything):
    keys = {row.key for row in everything}
    for row in everything:
        assert keys.issuperset(row.lies_in), row
        assert row.level != "commune" or any(level == "region" for level, _code in row.lies_in), row


def test_every_name_is_found_as_it_is_typed_today(everything):
    """The file holds words already folded: it must be written again when the folding changes."""
    for row in everything:
        assert " ".join(words_of(row.name)) == row.spellings[0], row
        assert row.insee_code == row.codes[0]
        assert OfficialTerritory.of_line(row.as_line().encode()) == row


def test_a_code_is_found_whole_and_nothing_else_is():
    assert [row.name for row in official_by_code("59009")] == ["Villeneuve-d’Ascq"]
    assert [row.name for row in official_by_code("2A004")] == ["Ajaccio"]
    assert {row.name for row in official_by_code("44")} == {"Grand Est", "Loire-Atlantique"}
    assert [row.name for row in official_by_code("20009320100201")] == ["Métropole Européenne de Lille"]
    for odd in ("", "5900", "commune", ",59009,", "59009\n", "((", ".*"):
        assert official_by_code(odd) == []


def test_a_siret_names_who_has_it_and_a_shorter_code_nobody():
    assert official_by_siret("21590009300017").insee_code == "59009"
    assert official_by_siret("59009") is None
    assert official_by_siret("") is None
    assert official_by_siret("73282932000074") is None


def test_a_commune_around_paris_lies_in_both_its_groups():
    commune = official_territory("commune", "93066")
    assert commune.whereabouts == ["Plaine Commune", "Métropole du Grand Paris", "Seine-Saint-Denis"]


def test_names_are_found_whole_or_by_the_beginning_of_their_words():
    assert [row.insee_code for row in official_named(["villeneuve", "dascq"])] == ["59009"]
    assert official_named(["villeneuve", "d", "asc"]) == []
    assert official_named([]) == []
    assert [row.insee_code for row in official_holding(["asc", "villeneuve"])] == ["59009"]
    assert official_holding(["l"]) == []


def test_the_communes_of_an_intercommunality_are_those_of_the_list():
    names = {row.name for row in official_within([("intercommunality", "200093201")])}
    assert {"Lille", "Roubaix", "Villeneuve-d’Ascq"} <= names
    assert 80 < len(names) < 110
    assert official_within([]) == []
