"""One page of the demonstration with what it needs, for the tests of other folders."""

import pytest

from demo.loader import build_page
from directory.models import Organisation
from events.models import Occurrence

pytestmark = pytest.mark.django_db


def test_a_page_is_built_with_its_english_version_and_its_parents():
    page = build_page("case-romans")
    assert page.live
    assert page.lead.name == "Ville de Romans-sur-Isère"
    translated = page.get_translations().get().specific
    assert translated.live
    assert translated.title == "Romans-sur-Isère: giving the town centre its shop window back"
    assert "shop windows" in str(translated.body)
    assert Organisation.objects.count() < 30


def test_a_session_is_built_with_its_dates():
    page = build_page("session-introductory")
    assert Occurrence.objects.filter(page=page).count() == 5
    assert page.get_parent().specific.live


def test_a_page_in_french_only_stays_so_and_building_it_twice_changes_nothing():
    page = build_page("case-mouans-sartoux")
    assert not page.get_translations().exists()
    assert build_page("case-mouans-sartoux").pk == page.pk
