"""What results can be filtered by: the same values on every engine, counted without their own choice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Page

from events.models import EventPage
from registrations.models import Registration
from search import sync
from search.analysis import clean
from search.engines import Filters, embedded_engine
from search.engines.base import EngineRequest
from search.engines.elastic import ElasticsearchEngine
from search.engines.elastic.rebuilding import rebuild
from search.entries import FacetValue
from search.enums import FacetName, Places, Price
from search.models import SearchEntry
from search.query import parse
from search.terms import Lexicon
from tests.factories.events import make_occurrence
from tests.factories.registrations import make_booking
from tests.search.conftest import Publish

SPRING = timezone.make_aware(datetime(2027, 3, 16, 9, 30))
HOUSING, HEALTH = FacetValue("housing", "Logement", "Housing"), FacetValue("health", "Santé", "Health")


def facets_of(entry: SearchEntry, *names: str) -> dict[str, list[str]]:
    values = entry.facets.filter(name__in=names).order_by("name", "code")
    return {name: [value.code for value in values if value.name == name] for name in names}


def asked(text: str = "formation", count: Any = (), **filters: Any) -> EngineRequest:
    query = parse(text, "fr", Lexicon("fr"))
    return EngineRequest(query, Filters("fr", **filters), timezone.now(), count_facets=count)


def test_the_columns_of_an_entry_become_facets_in_both_languages(publish: Publish) -> None:
    entry = publish("Formation", starts=SPRING, place="Arras, Creil", price=Price.PAID, places=Places.FULL)
    publish("Guide", updated_on=SPRING.date())

    assert facets_of(entry, "place", "year", "price", "places") == {
        "place": ["Arras", "Creil"],
        "year": ["2027"],
        "price": ["paid"],
        "places": ["full"],
    }
    price = entry.facets.get(name="price")
    assert (price.label_fr, price.label_en) == ("Payant", "Paid")
    assert facets_of(SearchEntry.objects.get(title="Guide"), "year", "price") == {"year": ["2027"], "price": []}
    # They are no words to be found by.
    assert embedded_engine().search(asked("payant")).total == 0


def test_rows_written_before_get_them_when_they_are_read_again(publish: Publish) -> None:
    entry = publish("Formation", starts=SPRING)
    data = entry.content_hash
    entry.facets.filter(name=FacetName.YEAR).delete()
    SearchEntry.objects.filter(pk=entry.pk).update(content_hash="of before")
    again = sync.EntryData(
        sync.Source(entry.source_model, entry.source_key), "resource", "fr", entry.url, entry.title, starts=SPRING
    )

    sync.write(again.source, [again])

    assert facets_of(entry, "year") == {"year": ["2027"]}
    entry.refresh_from_db()
    assert entry.content_hash == data


@pytest.fixture
def trainings(publish: Publish) -> None:
    publish("Formation un", kind="session", starts=SPRING, price=Price.FREE, facets={"theme": [HOUSING]})
    publish("Formation deux", kind="session", starts=SPRING + timedelta(days=60), facets={"theme": [HEALTH]})
    publish("Formation trois", kind="dossier", facets={"theme": [HOUSING, HEALTH]})


def assert_counted(engine: Any) -> None:
    """Assert that counts leave their own choice out, and that what each choice costs is told when nothing is left."""
    found = engine.search(
        asked(count=("theme", "price"), kinds=frozenset({"session"}), facets={"theme": frozenset({"housing"})})
    )
    assert (found.total, found.kinds) == (1, {"session": 1, "dossier": 1})
    assert {value.code: value.count for value in found.facets["theme"]} == {"housing": 1, "health": 1}
    assert [(value.code, value.label_en) for value in found.facets["price"]] == [("free", "Free")]
    assert found.without == {}

    nothing = engine.search(
        asked(
            kinds=frozenset({"session"}),
            facets={"theme": frozenset({"housing"}), "year": frozenset({"2027"})},
            starts_from=SPRING + timedelta(days=30),
        )
    )
    assert nothing.total == 0
    assert nothing.without == {"kind": 0, "theme": 1, "year": 0, "dates": 1}


def test_counts_and_dates_in_the_database(trainings: None) -> None:
    assert_counted(embedded_engine())


def test_counts_and_dates_in_elasticsearch(elastic: str, trainings: None) -> None:
    rebuild()
    assert_counted(ElasticsearchEngine())


def test_open_places_follow_the_seats(sections: dict[str, Page]) -> None:
    page = EventPage(title="Atelier compostage", locale=sections["events"].locale)
    sections["events"].add_child(instance=page)
    occurrence = make_occurrence(page, capacity=1)
    assert set(SearchEntry.objects.values_list("kind", "places", "price")) >= {
        ("event", Places.OPEN, Price.FREE),
        ("occurrence", Places.OPEN, Price.FREE),
    }

    make_booking(occurrence)

    assert Registration.objects.count() == 1
    assert set(SearchEntry.objects.filter(kind__in=("event", "occurrence")).values_list("places", flat=True)) == {
        Places.FULL
    }


def test_filters_are_boxes_of_the_form_with_counts_and_chips(trainings: None, client: Client) -> None:
    response = client.get("/fr/recherche/?q=formation&theme=health&theme=nothing&kind=session&lost=1&year=x")
    page = response.content.decode()

    assert [hit.entry.title for hit in response.context["results"].hits] == ["Formation deux"]
    (theme,) = [facet for facet in response.context["filters"].facets if facet.name == "theme"]
    assert [(choice.value.label, choice.count, choice.chosen) for choice in theme.first] == [
        ("Santé", 1, True),
        ("Logement", 1, False),
    ]
    assert 'name="theme" value="health" form="search-form" checked' in page
    assert 'href="?q=formation&amp;kind=session"' in page  # without the theme
    assert 'href="?q=formation&amp;theme=health"' in page  # without the kind
    assert 'href="?q=formation">' in page  # without any


def test_labels_without_english_are_marked_as_french(publish: Publish, client: Client) -> None:
    for number in range(2):
        facets = {
            "theme": [FacetValue(f"habitat-{number}", f"Habitat {number}")],
            "territory": [FacetValue("1", "Lens")],
        }
        publish(f"Housing {number}", language="en", facets=facets, updated_on=SPRING.date())

    page = client.get("/en/search/?q=housing&territory=1").content.decode()

    assert '<span lang="fr">Habitat 0</span>' in page
    assert "<span>Lens</span>" in page  # the name of a place has no language


def test_filters_alone_ask_for_everything_by_date(trainings: None, client: Client) -> None:
    def titles(query: str) -> list[str]:
        return [hit.entry.title for hit in client.get(f"/fr/recherche/?{query}").context["results"].hits]

    assert titles("q=&theme=housing") == ["Formation un", "Formation trois"]
    assert titles("from=01/05/2027&to=2027-05-15&kind=session") == ["Formation deux"]  # the last day counts
    assert titles("q=formation&sort=date")[:2] == ["Formation un", "Formation deux"]
    assert titles("q=formation&price=free&year=2027") == ["Formation un"]
    assert titles("") == titles("theme=unknown") == []


@pytest.mark.parametrize("day", ["30/02/2027", "demain", "0000-01-01", "9999-12-31", "<b>"])
def test_a_bad_day_is_said_and_kept(day: str, trainings: None, client: Client) -> None:
    response = client.get("/fr/recherche/", {"q": "formation", "from": day})
    page = response.content.decode()

    assert 'aria-invalid="true"' in page
    assert f'value="{escape(clean(day))}"' in page
    assert response.context["results"].total == 3


def test_where_nothing_is_left_each_removal_tells_what_it_brings(trainings: None, client: Client) -> None:
    response = client.get("/fr/recherche/?q=formation&kind=session&theme=health&price=free")

    assert [(row.label, row.count) for row in response.context["filters"].removals] == [("Prix", 1), ("Thème", 1)]
    assert response.context["results"].unfiltered == 3
    assert not response.context["results"].relaxed
    assert "Sans aucun filtre" in response.content.decode()


def test_many_values_cost_no_more_queries_and_are_folded(publish: Publish, client: Client) -> None:
    def queries_for(number: int) -> int:
        values = [FacetValue(f"theme-{row}", f"Thème {row}") for row in range(number)]
        publish("Formation", facets={"theme": values, "audience": values})
        publish("Formation bis")
        client.get("/fr/recherche/?q=formation&theme=theme-0")
        with CaptureQueriesContext(connection) as queries:
            response = client.get("/fr/recherche/?q=formation&theme=theme-0")
        assert all(len(facet.first) <= 5 for facet in response.context["filters"].facets)
        return len(queries)

    assert queries_for(1) == queries_for(40)


@pytest.mark.parametrize(
    ("asked", "french", "english"),
    [
        ("q=formation&territory=&kind=&price=", "", ""),
        ("q=formation&territory=11", "filtre inconnu", "An unknown filter"),
        ("territory=11&kind=planet", "filtres inconnus", "Some unknown filters"),
    ],
)
def test_a_filter_that_nothing_has_is_said_to_be_left_out(db, client, asked, french, english):
    for addresses, words in ((("/fr/recherche/", "/fr/ressources/"), french), (("/en/search/", "/en/news/"), english)):
        for address in addresses:
            notices = BeautifulSoup(client.get(f"{address}?{asked}").content, "html.parser").select(".search-notice")
            assert len(notices) == bool(words), address
            assert all(words in " ".join(notice.text.split()) for notice in notices)


def test_a_listing_says_that_it_leaves_out_a_filter_that_it_does_not_offer(client, publish):
    publish("Guide", facets={"organisation": [FacetValue("7", "Ville de Lille")]})
    for address, number in (("/fr/recherche/", 0), ("/fr/actualites/", 1)):
        page = client.get(f"{address}?organisation=7").content.decode()
        assert page.count("filtre inconnu") == number, address
