"""What the demonstration promises: enough of everything, in both languages, some dates ahead, nothing empty."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail_localize.models import Translation

from cycles.models import SessionPage, TrainingCyclePage
from demo.loader.logins import login_lines, may_have_logins
from directory.models import Membership, Organisation, Territory, Venue
from events.enums import OccurrenceState
from events.models import EventPage, Occurrence, ReportPage
from home.models import LegalPage, NewsPage
from registrations.models import Registration
from resources.models import CaseStudyPage, DossierPage, ResourcePage

pytestmark = pytest.mark.usefixtures("demo_database")

# What may be empty in a stored block: the editor's form allows it, the template leaves it out.
MAY_BE_EMPTY = {"anchor", "title", "speaker_name", "role", "person", "organisation", "network", "source"}
MAY_BE_EMPTY |= {"document", "page", "url", "external_url"}


def french(model: type[Page]) -> Any:
    return model.objects.live().filter(locale__language_code="fr")


def english(model: type[Page]) -> Any:
    return model.objects.live().filter(locale__language_code="en", alias_of__isnull=True)


def session(slug: str) -> SessionPage:
    return french(SessionPage).get(slug=slug)


def empty_fields(raw: Any, path: str) -> Iterator[str]:
    """Yield the paths of what is empty in the stored form of a stream."""
    if isinstance(raw, dict):
        for name, value in raw.items():
            if name not in MAY_BE_EMPTY or value:
                yield from empty_fields(value, f"{path}.{name}")
    elif isinstance(raw, list):
        if not raw:
            yield path
        for number, item in enumerate(raw):
            yield from empty_fields(item, f"{path}.{number}")
    elif raw in (None, "", "<p></p>"):
        yield path


def test_there_is_what_was_promised():
    counts = {model: french(model).count() for model in (TrainingCyclePage, EventPage, ReportPage, NewsPage, LegalPage)}
    assert counts == {TrainingCyclePage: 2, EventPage: 3, ReportPage: 1, NewsPage: 3, LegalPage: 3}
    assert french(DossierPage).count() == 4
    assert french(ResourcePage).count() == 10
    assert french(CaseStudyPage).count() == 4
    assert set(french(CaseStudyPage).values_list("family", flat=True)) == {"sheet", "capitalisation"}
    assert english(DossierPage).count() >= 2
    assert english(CaseStudyPage).count() >= 2
    assert Document.objects.count() >= 6
    assert Organisation.objects.count() >= 12
    assert Membership.objects.count() >= 6
    towns = {"Soissons", "Lille", "Creil", "Saint-Nicolas-lez-Arras", "Saint-Omer", "Arras", "Amiens"}
    assert towns <= set(Venue.objects.values_list("town", flat=True))
    assert {"32", "02", "59", "60", "62", "80"} <= set(Territory.objects.values_list("insee_code", flat=True))


def test_the_contracting_cycle_is_complete_in_both_languages():
    cycle = french(TrainingCyclePage).get(slug="preparer-les-nouvelles-contractualisations")
    sessions = SessionPage.objects.child_of(cycle).live()
    assert sorted(sessions.values_list("kind", flat=True)) == [
        "introductory",
        *["network_meeting"] * 2,
        *["stage"] * 4,
    ]
    assert Occurrence.objects.filter(page=session("seance-introductive")).count() == 5
    english_cycle = english(TrainingCyclePage).get(translation_key=cycle.translation_key)
    assert english(SessionPage).child_of(english_cycle).count() == 7


def test_one_session_is_past_one_full_and_one_open():
    states = {row.state for row in Occurrence.objects.filter(page=session("etape-1-co-construire-le-contrat"))}
    assert states == {OccurrenceState.PAST}
    full = Occurrence.objects.get(page=session("etape-3-mobiliser-le-droit-commun"))
    assert full.state == OccurrenceState.FULL
    assert Registration.objects.filter(occurrence=full, state="waitlisted").exists()
    still_open = Occurrence.objects.get(page=session("etape-4-gouvernance-et-partenariats"))
    assert still_open.state == OccurrenceState.OPEN
    assert still_open.taken > 0


def test_many_states_stand_side_by_side():
    states = {row.state for row in Occurrence.objects.all()}
    assert {
        OccurrenceState.PAST,
        OccurrenceState.OPEN,
        OccurrenceState.FULL,
        OccurrenceState.TENTATIVE,
        OccurrenceState.BY_APPROVAL,
        OccurrenceState.NOT_YET_OPEN,
    } <= states


def test_every_page_answers_in_its_languages(client: Client):
    pages = Page.objects.live().filter(depth__gt=1).exclude(slug="root").specific()
    addresses = [page.get_url() for page in pages]
    failures = {url: code for url in addresses if (code := client.get(url).status_code) != 200}
    assert failures == {}
    assert pages.filter(locale__language_code="en").count() >= 25


def test_no_page_is_an_alias_and_no_block_is_empty():
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    for page in Page.objects.live().filter(depth__gt=1).specific():
        body = getattr(page, "body", None)
        if body is not None:
            assert list(empty_fields(list(body.raw_data), page.slug)) == []
        assert page.summary, page.slug


def test_the_translation_editor_finds_everything_translated():
    translations = Translation.objects.filter(target_locale__language_code="en", enabled=True)
    assert translations.count() >= 25
    for translation in translations:
        total, done = translation.get_progress()
        assert total == done > 0, translation.source.object_repr


def test_a_second_load_changes_nothing():
    before = (Page.objects.count(), Occurrence.objects.count(), Organisation.objects.count())
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert "nothing was loaded" in out.getvalue()
    assert (Page.objects.count(), Occurrence.objects.count(), Organisation.objects.count()) == before


def test_the_public_password_opens_nothing_unless_asked_for():
    assert not may_have_logins(asked=False)
    assert User.objects.get(username="redactrice").wagtail_userprofile.preferred_language == "fr"
    assert not User.objects.get(username="redactrice").is_superuser
    assert len(login_lines()) == 3
