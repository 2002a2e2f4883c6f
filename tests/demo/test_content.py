"""The data files themselves: typography, both languages, dates, documents."""

import datetime
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from demo.loader.calendar import DEFAULT_SHIFT, Calendar, is_holiday
from demo.loader.content import (
    directory_file,
    document_files,
    in_language,
    is_translated,
    page_files,
    referenced_keys,
    search_terms,
)
from demo.pdf import render_pdf

NO_BREAK_SPACE = "\u00a0"
# First of the days of loading that are tried: among others, the weeks before and in the holidays.
LOADED_FROM = ["2026-01-01", "2026-06-01", "2026-07-11", "2026-11-22", "2027-03-27", "2028-02-29"]
SEASONS = {*("automne", "hiver", "printemps", "été"), *("autumn", "winter", "spring", "summer")}
ALLOWED_TAGS = {"p", "b", "i", "ul", "ol", "li", "a"}
# A name typed in a block is added here by somebody who made it up.
INVENTED = {
    "Amadou Kanté",
    "Daria Kostenko",
    "Gérard Lestienne",
    "Hervé Jonquet",
    "Ibrahima Sow",
    "Idriss Lacombe",
    "Josette Wilmotte",
    "Josiane Pruvot",
    "Lambert Hardenne",
    "Malika Zitouni",
    "Mariam Doucouré",
    "Odette Lamblin",
    "Yasmine Adjaoud",
    "Yvette Carlier",
}
# Ministers in charge of urban policy, mayors of the towns named and authors of the method: whom a writer may slip in.
WELL_KNOWN = {
    *("Aubry", "Backès", "Barseghian", "Borloo", "Braouezec", "Dubos", "Guérini", "Hai", "Kanner", "Lamy", "Méadel"),
    *("Aschieri", "Estrosi", "Fourneyron", "Hidalgo", "Macron", "Perdriau", "Rolland", "Samzun", "Thoraval"),
    *("Kania", "Kramer", "Sala", "Dulkiewicz"),
}


def texts(value: Any, language: str) -> Iterator[str]:
    """Yield every text of a data file in a language."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, language)
    elif isinstance(value, dict):
        if "fr" in value:
            yield from texts(value.get(language, []), language)
        else:
            for name, item in value.items():
                if name not in (
                    "type",
                    "url",
                    "external_url",
                    "video_link",
                    "exchange_group_url",
                    "half_days",
                    "doors",
                    "starts",
                    "ends",
                    "language",
                    "file",
                ):
                    yield from texts(item, language)


def leaves(value: Any) -> Iterator[dict[str, Any]]:
    """Yield what is written per language."""
    if isinstance(value, dict) and "fr" in value:
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)


def moments(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the moments of timelines."""
    if isinstance(value, dict):
        if "when" in value:
            yield value
        for item in value.values():
            yield from moments(item)
    elif isinstance(value, list):
        for item in value:
            yield from moments(item)


def calendars_from(first: str) -> Iterator[Calendar]:
    """Yield the calendars of forty days of loading in a row."""
    for later in range(40):
        yield Calendar(datetime.date.fromisoformat(first) + datetime.timedelta(days=later))


@pytest.mark.parametrize("key", page_files())
def test_french_is_well_typed(key):
    for text in texts(page_files()[key], "fr"):
        assert not re.search(r" [:;?!»%]", text), text
        assert "« " not in text, text
        assert not re.search(r"\w'\w", text), text
        assert not re.search(rf"\w[;?!]|[^\s{NO_BREAK_SPACE}]»|«[^{NO_BREAK_SPACE}]", text), text


@pytest.mark.parametrize("key", page_files())
def test_rich_text_keeps_to_what_survives_translation(key):
    for text in [*texts(page_files()[key], "fr"), *texts(page_files()[key], "en")]:
        assert set(re.findall(r"</?(\w+)", text)) <= ALLOWED_TAGS, text


@pytest.mark.parametrize("key", [key for key, file in page_files().items() if is_translated(file)])
def test_a_translated_page_is_translated_whole(key):
    file = page_files()[key]
    for leaf in leaves(file):
        assert set(leaf) == {"fr", "en"}, leaf
        for tag in ("<p>", "<li>"):
            assert str(leaf["fr"]).count(tag) == str(leaf["en"]).count(tag), leaf["fr"]


def names(value: Any) -> Iterator[str]:
    """Yield the names of people that blocks type, rather than choose."""
    if isinstance(value, dict):
        for field, item in value.items():
            if field in ("speaker_name", "name") and isinstance(item, str):
                yield item
            else:
                yield from names(item)
    elif isinstance(value, list):
        for item in value:
            yield from names(item)


def groups(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every group of fields of a data file."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from groups(item)


def test_people_who_speak_are_known_to_be_invented():
    typed = {name for file in page_files().values() for name in names(file)}
    assert typed == INVENTED


def test_only_voices_are_typed_and_belong_to_nobody_of_the_directory():
    known = {f"{row['first_name']} {row['last_name']}" for row in directory_file("people")}
    assert not known & INVENTED
    told = [group for file in page_files().values() for group in groups(file)]
    assert {name for group in told for name in names(group.get("voices", []))} == INVENTED


def test_somebody_has_the_same_role_wherever_they_speak():
    people = {row["key"]: row for row in directory_file("people")}
    for file in page_files().values():
        for group in groups(file):
            person = people[group["person"]] if isinstance(group.get("person"), str) else None
            if person and "role" in group:
                job = person["job"]
                assert all(role.lower() == job[language].lower() for language, role in group["role"].items()), group
            if person and "organisation" in group:
                assert group["organisation"] == person["organisation"], group


def test_no_source_is_repeated_under_the_figures_of_a_block():
    for file in page_files().values():
        for group in groups(file):
            sources = [str(figure["source"]) for figure in group.get("figures", []) if "source" in figure]
            assert len(sources) == len(set(sources)), sources


def test_observations_of_partners_are_those_of_its_partners():
    for file in page_files().values():
        if file["type"] == "resources.CaseStudyPage":
            observed = {
                observation["organisation"] for group in groups(file) for observation in group.get("observations", [])
            }
            assert observed <= set(file.get("organisations", {}).get("partner", []))


def test_venues_do_not_repeat_their_town():
    for row in directory_file("venues"):
        assert row["town"] not in row["name"]


def test_nobody_real_is_named():
    told = [*page_files().values(), *document_files().values(), *directory_file("people"), *search_terms()]
    for file in told:
        for language in ("fr", "en"):
            for text in texts(file, language):
                assert not WELL_KNOWN & set(re.findall(r"\w+", text)), text


def test_addresses_of_people_lead_nowhere():
    for file in page_files().values():
        for address in re.findall(r"[\w.-]+@[\w.-]+", str(file)):
            assert address.endswith("example.org"), address


def test_a_page_leads_only_to_pages_that_exist():
    for key, file in page_files().items():
        assert referenced_keys(file) <= set(page_files()), key


@pytest.mark.parametrize("first", LOADED_FROM)
def test_whatever_the_day_of_loading_weekdays_stay_and_holidays_are_avoided(first):
    for calendar in calendars_from(first):
        last = calendar.day_of({}, DEFAULT_SHIFT["day"])
        assert 30 <= (last - calendar.today).days <= 95
        for file in page_files().values():
            rows = [row for row in file.get("occurrences", []) if "day" in row]
            days = [calendar.day_of(file, row["day"]) for row in rows]
            assert days == sorted(days)
            assert [day.weekday() for day in days] == [row["day"].weekday() for row in rows]
            assert not any(is_holiday(day) for day in days)


@pytest.mark.parametrize("first", LOADED_FROM)
def test_the_sessions_of_a_cycle_keep_their_order(first):
    for calendar in calendars_from(first):
        for cycle in (key for key, file in page_files().items() if file["type"] == "cycles.TrainingCyclePage"):
            files = [file for file in page_files().values() if file.get("parent") == cycle]
            rows = [(row["day"], calendar.day_of(file, row["day"])) for file in files for row in file["occurrences"]]
            days = [day for _written, day in sorted(rows)]
            assert days == sorted(days)


@pytest.mark.parametrize("first", LOADED_FROM)
def test_what_is_told_of_a_date_is_told_after_it_and_before_today(first):
    dates = {row["key"] for file in page_files().values() for row in file.get("occurrences", [])}
    for calendar in calendars_from(first):
        for key, file in page_files().items():
            told = [file.get("brought_up_to_date_on"), file.get("fields", {}).get("published_on")]
            days = [calendar.told_day(value) for value in told if value is not None]
            assert all(day <= calendar.today for day in days), key
            reported = file.get("fields", {}).get("report_occurrences", [])
            assert set(reported) <= dates
            assert all(calendar.day_of_date(date) < min(days) for date in reported), key


def test_no_text_names_a_season_for_what_is_yet_to_come():
    for file in page_files().values():
        for moment in moments(file):
            for language in ("fr", "en"):
                assert not SEASONS & set(re.findall(r"\w+", in_language(moment["when"], language).lower())), moment


@pytest.mark.parametrize("key", document_files())
def test_a_document_is_a_real_pdf_of_a_few_pages(key):
    told = document_files()[key]
    content = render_pdf(told["title"], told["author"], told["language"], told["body"])
    reader = PdfReader(BytesIO(content))
    assert 1 <= len(reader.pages) <= 4
    read = " ".join(page.extract_text() for page in reader.pages)
    assert len(read.split()) > 120
    assert "\ufffd" not in read
    assert "■" not in read
    assert content == render_pdf(told["title"], told["author"], told["language"], told["body"])
