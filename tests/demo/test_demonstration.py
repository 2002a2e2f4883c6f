"""What the demonstration promises: enough of everything, in both languages, some dates ahead, nothing empty."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from wagtail.blocks import StreamBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail_localize.models import Translation

from cycles.models import SessionPage, TrainingCyclePage
from demo.loader.logins import login_lines, may_have_logins
from directory.models import Membership, Network, Organisation, Territory, Venue
from events.enums import OccurrenceState
from events.models import EventPage, Occurrence, PageDocument, ReportPage
from home.models import LegalPage, NewsPage
from portal.blocks import body_blocks
from portal.blocks.anchors import inner_parts
from portal.blocks.reading import body_passages
from registrations.co_organiser.access import own_dates
from registrations.models import CoOrganiser, Registration
from resources.models import CaseStudyPage, DossierPage, ResourcePage

pytestmark = pytest.mark.usefixtures("demo_database")

LANGUAGES = ("fr", "en")


def french(model: type[Page]) -> Any:
    return model.objects.live().filter(locale__language_code="fr")


def english(model: type[Page]) -> Any:
    return model.objects.live().filter(locale__language_code="en", alias_of__isnull=True)


def session(slug: str) -> SessionPage:
    return french(SessionPage).get(slug=slug)


def streams_of(language: str) -> Iterator[tuple[Page, StreamValue]]:
    """Yield each stream of the pages published in a language, with its page."""
    pages = Page.objects.live().filter(locale__language_code=language, depth__gt=1, alias_of__isnull=True)
    for page in pages.specific():
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                yield page, getattr(page, field.name)


def blocks_in(block: Any, value: Any) -> Iterator[Any]:
    """Yield the blocks that a stream holds, those of its chapters too."""
    for child, inner in inner_parts(block, value):
        if isinstance(block, StreamBlock):
            yield child
        yield from blocks_in(child, inner)


def test_there_is_what_was_promised():
    counts = {model: french(model).count() for model in (TrainingCyclePage, EventPage, ReportPage, NewsPage, LegalPage)}
    assert counts == {TrainingCyclePage: 3, EventPage: 8, ReportPage: 2, NewsPage: 3, LegalPage: 3}
    assert french(DossierPage).count() == 6
    assert french(ResourcePage).count() == 30
    assert french(CaseStudyPage).count() == 12
    assert set(french(CaseStudyPage).values_list("family", flat=True)) == {"sheet", "capitalisation"}
    assert english(DossierPage).count() >= 4
    assert english(CaseStudyPage).count() == 8
    assert english(ResourcePage).count() >= 20
    assert english(ReportPage).count() == 2
    assert Document.objects.count() >= 15
    assert Organisation.objects.count() >= 20
    assert set(Network.objects.values_list("label_fr", flat=True)) == {
        "ARRIVAL CITIES",
        "GEN-Y-CITY",
        "BOOSTINNO",
        "AGRI-URBAN",
        "RETAILINK",
    }
    assert set(Network.objects.values_list("programme__code", flat=True)) == {"urbact-iii"}
    assert Membership.objects.filter(territory__isnull=False).count() >= 12
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
        OccurrenceState.SAVE_THE_DATE,
        OccurrenceState.CANCELLED,
    } <= states


def test_every_page_answers_in_its_languages(client: Client):
    pages = Page.objects.live().filter(depth__gt=1).exclude(slug="root").specific()
    addresses = [page.get_url() for page in pages]
    failures = {url: code for url in addresses if (code := client.get(url).status_code) != 200}
    assert failures == {}
    assert pages.filter(locale__language_code="en").count() >= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_of_the_library_is_used(language: str):
    used = {block.name for _page, stream in streams_of(language) for block in blocks_in(stream.stream_block, stream)}
    assert set(body_blocks().child_blocks) | {"chapter"} <= used


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stream_is_one_that_an_editor_could_save(language: str):
    for _page, stream in streams_of(language):
        stream.stream_block.clean(stream)


def test_no_page_is_an_alias_and_each_has_a_summary():
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    for page in Page.objects.live().filter(depth__gt=1).specific():
        assert page.summary, page.slug


def test_a_workshop_is_told_by_five_tracks_four_groups_and_a_checklist():
    for report in ReportPage.objects.filter(slug__contains="vision"):
        kinds = [child.block_type for child in report.body]
        assert kinds.count("viewpoints") == kinds.count("workshop_synthesis") == 4
        assert kinds.count("checklist") == 1
        tracks = next(child.value["tracks"] for child in report.body if child.block_type == "tracks")
        assert [track["number"] for track in tracks] == [1, 2, 3, 4, 5]
        assert {test["state"] for track in tracks for test in track["tests"]} == {
            "idea",
            "in_progress",
            "done",
            "stopped",
        }
        assert all(track["hypotheses"] for track in tracks)


def test_close_ups_tie_places_to_networks_and_have_the_same_address_in_both_languages():
    page = french(CaseStudyPage).get(slug__startswith="urbact-iii")
    translated = english(CaseStudyPage).get(translation_key=page.translation_key)
    passages = [passage for passage in body_passages(page.body) if passage.kind == "close_up"]
    places = {str(row) for passage in passages for row in passage.rows}
    assert {"ARRIVAL CITIES", "GEN-Y-CITY", "BOOSTINNO", "AGRI-URBAN", "RETAILINK"} <= places
    assert [passage.anchor for passage in body_passages(page.body)] == [
        passage.anchor for passage in body_passages(translated.body)
    ]


def test_some_documents_are_for_participants_only(client: Client):
    kept = PageDocument.objects.filter(audience="participants", page__locale__language_code="fr")
    assert kept.count() >= 2
    for row in kept:
        assert client.get(row.document.url).status_code == 403


def test_every_picture_says_what_it_shows():
    assert Image.objects.count() >= 10
    for page in Page.objects.live().filter(depth__gt=1).specific():
        assert not page.listing_image or page.listing_image_alt, page.slug
    pictures = [
        child.value["picture"]
        for language in LANGUAGES
        for _page, stream in streams_of(language)
        for child in stream
        if child.block_type == "image"
    ]
    assert pictures
    assert all(picture.contextual_alt_text for picture in pictures)


def test_the_translation_editor_finds_everything_translated():
    translations = Translation.objects.filter(target_locale__language_code="en", enabled=True)
    assert translations.count() >= 60
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
    assert len(login_lines()) == 4


def test_a_co_organiser_has_one_session_whose_date_is_full():
    row = CoOrganiser.objects.get()
    assert row.user.username == "co-organisatrice"
    assert [date.is_full for date in own_dates(row.user)] == [True]
