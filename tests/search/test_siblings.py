"""What a language lacks: noted with the entries of the others, on whichever way it appears or goes."""

from wagtail.models import Page

from cycles.models import SessionPage, TrainingCyclePage
from events.models import EventPage
from resources.models import DossierPage
from search import sync
from search.checking import check
from search.enums import FacetName
from search.models import SearchEntry, SearchEntryFacet
from tests.factories.directory import VenueFactory
from tests.factories.events import make_occurrence, make_price_list
from tests.factories.pages import make_page, translate_page
from tests.factories.registrations import make_booking
from tests.search.conftest import Publish


def lacks(**entry: str) -> dict[str, list[str]]:
    """Return, by language, the languages that the entries chosen lack."""
    entries = SearchEntry.objects.filter(**entry)
    return {row.language: [f.code for f in row.facets.filter(name=FacetName.LACKS)] for row in entries}


def test_a_work_lacks_a_language_until_it_is_translated_and_again_once_that_is_gone(sections: dict[str, Page]) -> None:
    page = make_page(EventPage, "Journée", sections["events"])
    make_occurrence(page)
    assert lacks(kind="event") == lacks(kind="occurrence") == {"fr": ["en"]}

    english = translate_page(page)
    assert lacks(kind="event") == lacks(kind="occurrence") == {"fr": [], "en": []}

    english.unpublish()
    assert lacks(kind="event") == lacks(kind="occurrence") == {"fr": ["en"]}
    make_page(DossierPage, "Autre", sections["resources"]).delete()
    assert check(mends=False).lacking == 0


def test_what_an_outside_engine_knows_of_it_follows(publish: Publish) -> None:
    french = publish("Guide", work_key="w")
    publish("Guidebook", work_key="w", language="en")

    assert lacks(work_key="w") == {"fr": [], "en": []}
    # The French one was not written again, yet it changed.
    assert SearchEntry.objects.get(pk=french.pk).version > french.version


def test_a_drift_is_found_and_mended_by_the_check_and_by_a_rebuild(sections: dict[str, Page]) -> None:
    make_page(DossierPage, "Guide", sections["resources"])
    for mend in (lambda: check(mends=True), lambda: sync.rebuild(lambda line: None)):
        SearchEntryFacet.objects.filter(entry__kind="dossier", name=FacetName.LACKS).update(code="fr")
        assert check(mends=False).lacking == 2
        mend()
        assert lacks(kind="dossier") == {"fr": ["en"]}


def test_a_cycle_is_found_by_what_its_sessions_ahead_cost_and_whether_they_have_room(sections: dict[str, Page]) -> None:
    cycle = make_page(TrainingCyclePage, "Contrats de ville")
    session = make_page(SessionPage, "Gouvernance", cycle)
    make_occurrence(session, days=-30, venue=VenueFactory(town="Creil"))
    ahead = make_occurrence(
        session, days=30, venue=VenueFactory(town="Lille"), price_list=make_price_list(), capacity=1
    )

    def values() -> dict[str, list[str]]:
        names = ("place", "price", "places")
        rows = SearchEntryFacet.objects.filter(entry__kind="cycle", name__in=names).values_list("name", "code")
        return {name: sorted(code for key, code in rows if key == name) for name in names}

    assert values() == {"place": ["Lille"], "price": ["paid"], "places": ["open"]}
    make_booking(ahead)
    assert values()["places"] == ["full"]
    session.unpublish()
    assert values() == {"place": [], "price": [], "places": []}
