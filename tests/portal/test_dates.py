"""Dates in words."""

import datetime

import pytest
from django.template import engines
from django.utils.translation import override

from portal.dates import written

FIRST = datetime.date(2026, 11, 1)
SIXTH = datetime.date(2026, 10, 6)


@pytest.mark.parametrize(
    ("day", "form", "language", "expected"),
    [
        (FIRST, "j F Y", "fr", "1er\u00a0novembre 2026"),
        (FIRST, "l j F", "fr", "dimanche 1er\u00a0novembre"),
        (FIRST, "j F Y", "en", "1\u00a0November 2026"),
        (SIXTH, "j F Y", "fr", "6\u00a0octobre 2026"),
        (datetime.date(2026, 8, 21), "j F Y", "fr", "21\u00a0août 2026"),
        (SIXTH, "Y-m-d", "fr", "2026-10-06"),
        (None, "j F Y", "fr", ""),
    ],
)
def test_a_day_keeps_to_its_month_and_the_first_is_said_as_french_says_it(day, form, language, expected):
    with override(language):
        assert written(day, form) == expected


def test_templates_write_dates_so_without_loading_anything():
    template = engines["django"].from_string('{{ day|date:"j F Y" }} <time datetime="{{ day|date:"Y-m-d" }}">')
    with override("fr"):
        assert template.render({"day": FIRST}) == '1er\u00a0novembre 2026 <time datetime="2026-11-01">'


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_missing_date_is_nothing(nothing):
    assert engines["django"].from_string('{{ day|date:"j F Y" }}').render({"day": nothing}) == ""
