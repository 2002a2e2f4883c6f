"""The data files themselves: typography, both languages, dates, documents."""

import datetime
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from demo.loader.calendar import DEFAULT_SHIFT, FIXED_HOLIDAYS, Calendar
from demo.loader.content import document_files, is_translated, page_files, referenced_keys
from demo.pdf import render_pdf

NO_BREAK_SPACE = "\u00a0"
ALLOWED_TAGS = {"p", "b", "i", "ul", "ol", "li", "a"}


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
                    "language",
                ):
                    yield from texts(item, language)


def leaves(value: Any) -> Iterator[dict[str, Any]]:
    """Yield what is written per language."""
    if isinstance(value, dict) and "fr" in value:
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)


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


def test_a_page_leads_only_to_pages_that_exist():
    for key, file in page_files().items():
        assert referenced_keys(file) <= set(page_files()), key


@pytest.mark.parametrize("first", ["2026-01-01", "2026-06-15", "2026-11-22", "2027-03-27", "2028-02-29"])
def test_whatever_the_day_of_loading_weekdays_stay_and_holidays_are_avoided(first):
    for later in range(40):
        calendar = Calendar(datetime.date.fromisoformat(first) + datetime.timedelta(days=later))
        last = calendar.day_of({}, DEFAULT_SHIFT["day"])
        assert 10 <= (last - calendar.today).days <= 55
        for file in page_files().values():
            for row in file.get("occurrences", []):
                day = calendar.day_of(file, row["day"])
                assert day.weekday() == row["day"].weekday()
                assert (day.month, day.day) not in FIXED_HOLIDAYS


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
