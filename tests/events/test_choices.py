"""What is said above the dates of which one is chosen."""

import datetime

import pytest
from django.utils import translation

from events.choices import words_on_choices
from events.enums import OccurrenceStatus
from events.models import Occurrence


def date(days: int, **fields) -> Occurrence:
    return Occurrence(day=datetime.date.today() + datetime.timedelta(days=days), **fields)


CANCELLED = {"status": OccurrenceStatus.CANCELLED}
POSTPONED = {"status": OccurrenceStatus.POSTPONED}
NONE_KEPT = "Aucune date n’est maintenue"
CLOSED = {"registration_closes": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)}


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ([date(9), date(12)], "2 dates au contenu identique : choisissez-en une"),
        ([date(-9), date(9), date(12)], "2 dates à venir, au contenu identique : choisissez-en une"),
        ([date(9, **CANCELLED), date(12)], "Une seule date à venir"),
        ([date(9, **CLOSED), date(12, **CLOSED)], "2 dates à venir, au contenu identique"),
        ([date(-9), date(-5)], "A eu lieu à 2 dates, avec le même contenu"),
        ([date(-9), date(-5, **CANCELLED)], "A eu lieu à 1 date"),
        (
            [date(9, **CANCELLED), date(12, **POSTPONED)],
            f"{NONE_KEPT} : toutes ont été annulées ou reportées",
        ),
        ([date(-9, status=OccurrenceStatus.TENTATIVE)], "Aucune date à venir"),
    ],
)
def test_the_sentence_asks_to_choose_only_among_dates_that_can_be_chosen(dates, words):
    with translation.override("fr"):
        assert words_on_choices(dates).replace("\xa0", " ") == words
