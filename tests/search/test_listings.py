"""Listings: searches with fixed kinds, in two languages, by month and as a calendar."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from cycles.models import SessionPage, TrainingCyclePage
from directory.models import PageTheme
from events.enums import OccurrenceStatus
from events.models import EventPage, Occurrence, ReportOccurrence, ReportPage
from events.months import named_month
from home.services import create_skeleton
from resources.models import CaseStudyPage, DossierPage
from search.engines.elastic.rebuilding import rebuild
from search.entries import FacetValue
from search.enums import FacetName
from search.listings import Listing, ListingCriteria, find
from search.models import SearchEntry
from tests.factories.directory import ThemeFactory, VenueFactory
from tests.factories.events import in_days, make_occurrence, make_price_list
from tests.factories.pages import let_search_read, make_page, translate_page
from tests.search.conftest import Publish
from tests.search.test_results_page import HOSTILE

pytestmark = pytest.mark.django_db
TRAINING, EVENTS, READING = "/fr/formations/", "/fr/evenements/", "/fr/ressources/"


def read(client: Client, address: str) -> Tag:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").find("main")


def texts(main: Tag, selector: str) -> list[str]:
    return [" ".join(found.get_text(" ", strip=True).split()) for found in main.select(selector)]


def rows(client: Client, address: str) -> list[str]:
    return texts(read(client, address), ".session__title a")


@pytest.fixture
def offer() -> TrainingCyclePage:
    """A cycle with a session in two towns: one full and paid, one open and free; and one that is over."""
    cycle = make_page(TrainingCyclePage, "Contrats de ville")
    session = make_page(SessionPage, "Gouvernance", cycle, attend="one")
    make_occurrence(session, days=10, venue=VenueFactory(town="Lille"), price_list=make_price_list())
    make_occurrence(session, days=45, venue=VenueFactory(town="Amiens"), capacity=10)
    make_occurrence(make_page(SessionPage, "Introduction", cycle), days=-20, venue=VenueFactory(town="Creil"))
    # An event is no session.
    make_occurrence(make_page(EventPage, "Visite"), days=11)
    let_search_read()
    return cycle


def test_sessions_stand_under_their_months_and_cycles_after_them(client: Client, offer: TrainingCyclePage) -> None:
    main = read(client, TRAINING)

    days = [in_days(10), in_days(45)]
    headings = [main.find(id=f"month-{day:%Y-%m}").get_text(strip=True).lower() for day in days]
    assert all(str(day.year) in heading for day, heading in zip(days, headings, strict=True))
    assert texts(main, ".session__title a") == ["Gouvernance", "Gouvernance"]
    assert texts(main, ".session__what .kind") == ["Contrats de ville"] * 2
    assert texts(main, ".entry__title a") == ["Contrats de ville"]


@pytest.mark.parametrize(
    ("query", "towns"),
    [
        ("price=paid", ["Lille"]),
        ("price=free&places=open", ["Amiens"]),
        ("place=Lille&place=Amiens", ["Lille", "Amiens"]),
        ("q=gouvernance&place=Amiens", ["Amiens"]),
        ("q=visite", []),
        ("view=past", ["Creil"]),
        ("view=past&place=Lille", []),
    ],
)
def test_the_filters_choose_among_dates_not_among_pages(
    client: Client, offer: TrainingCyclePage, query: str, towns: list[str]
) -> None:
    assert texts(read(client, f"{TRAINING}?{query}"), ".session__town") == towns


def test_a_town_among_the_words_of_a_listing_can_be_removed(client: Client, offer: TrainingCyclePage) -> None:
    cache.clear()

    main = read(client, f"{TRAINING}?q=gouvernance+lille&price=paid")

    assert [link["href"] for link in main.select("[aria-labelledby=search-understood] a")] == [
        "?q=gouvernance&price=paid"
    ]


def test_days_are_chosen_and_a_bad_one_is_said(client: Client, offer: TrainingCyclePage) -> None:
    assert len(rows(client, f"{TRAINING}?from={in_days(9)}&to={in_days(12)}")) == 1
    assert rows(client, f"{TRAINING}?from={in_days(-30)}&to={in_days(-1)}") == ["Introduction"]
    main = read(client, f"{TRAINING}?from=30/02/2027")
    assert main.select_one("[aria-invalid=true]")["value"] == "30/02/2027"
    assert len(main.select(".session__title a")) == 2


def test_counts_leave_their_own_choice_out_and_links_keep_the_view(client: Client, offer: TrainingCyclePage) -> None:
    main = read(client, f"{TRAINING}?view=calendar&month={in_days(10):%Y-%m}&place=Lille")

    towns = {box["value"]: box.find_parent("label") for box in main.select("input[name=place]")}
    assert towns["Lille"].select_one(".facet-list__count").get_text() == "1"
    (chip,) = main.select(".chips__list a")
    assert chip["href"] == f"?view=calendar&month={in_days(10):%Y-%m}"
    assert main.select_one("#search-form input[name=view]")["value"] == "calendar"
    assert any("view=past" in link["href"] and "place=Lille" in link["href"] for link in main.select("nav.filters a"))


def test_the_calendar_is_a_table_of_one_month_with_the_months_beside_it(
    client: Client, offer: TrainingCyclePage
) -> None:
    main = read(client, f"{TRAINING}?view=calendar")

    day = in_days(10)
    (cell,) = [cell for cell in main.select("td") if cell.select(".calendar__entry")][:1]
    assert cell.find("time")["datetime"] == str(day)
    assert cell.select_one("a").get_text() == "Gouvernance"
    assert len(main.select("th[scope=col]")) == 7
    assert main.select_one("a[rel=next]")["href"].startswith("?view=calendar&month=")
    last = max(in_days(45), in_days(0))
    assert not read(client, f"{TRAINING}?view=calendar&month={last:%Y-%m}").select("a[rel=next]")


@pytest.mark.parametrize("month", ["2027-13", "0000-01", "9999-12", "x", "٢٠٢٧-٠١", "2027-1"])
def test_a_month_that_is_none_is_the_next_one_with_dates(client: Client, offer: TrainingCyclePage, month: str) -> None:
    assert named_month(month) is None
    assert f'datetime="{in_days(10)}"' in client.get(TRAINING, {"view": "calendar", "month": month}).content.decode()


def test_where_nothing_is_left_the_page_says_what_brings_something(client: Client, offer: TrainingCyclePage) -> None:
    main = read(client, f"{TRAINING}?place=Lille&price=free")
    removals = texts(main, "#search-removals ~ ul li, .search-nothing li")
    assert any("Ville" in line and "1 résultat" in line for line in removals)
    assert any("Prix" in line and "1 résultat" in line for line in removals)
    assert any("Sans aucun filtre" in line and "2 résultats" in line for line in removals)

    main = read(client, f"{TRAINING}?q=introduction")
    elsewhere = {link.get_text(): link["href"] for link in main.select(".search-nothing a")}
    assert elsewhere["Dates passées"] == "?q=introduction&view=past"
    assert "/fr/recherche/?q=introduction" in elsewhere.values()


def test_dates_called_off_and_undated_stand_in_the_agenda_though_no_search_finds_them(client: Client) -> None:
    for title, values in (
        ("Annulée", {"days": 5, "status": OccurrenceStatus.CANCELLED}),
        ("Bientôt", {"days": 3}),
        ("Sans jour", {"days": None}),
    ):
        make_occurrence(make_page(EventPage, title), **values)  # type: ignore[arg-type]
    let_search_read()

    assert rows(client, EVENTS) == ["Bientôt", "Annulée", "Sans jour"]
    assert rows(client, f"{EVENTS}?view=list") == ["Bientôt", "Annulée", "Sans jour"]
    assert rows(client, f"{EVENTS}?q=annulée") == []


def test_a_past_date_leads_to_its_report(client: Client) -> None:
    event = make_page(EventPage, "Journée")
    report = make_page(ReportPage, "Ce qu’elle a laissé", event)
    report.report_occurrences = [ReportOccurrence(occurrence=make_occurrence(event, days=-3))]
    report.save_revision().publish()
    let_search_read()

    main = read(client, f"{EVENTS}?view=past")

    assert main.select_one(".session__action a")["href"] == report.url


def test_english_shows_what_it_has_first_then_the_french_things_on_one_list(client: Client) -> None:
    themes = [ThemeFactory(code="housing", label_en="Housing"), ThemeFactory(code="health", label_en="Health")]
    pages = []
    for number in range(24):
        page = make_page(DossierPage if number % 2 else CaseStudyPage, f"Habitat {number:02}")
        page.page_themes = [PageTheme(theme=themes[number % 2])]
        page.save_revision().publish()
        pages.append(page)
    translate_page(pages[5], {"Habitat 05": "Housing five"})
    let_search_read()

    first, second = read(client, "/en/resources/"), read(client, "/en/resources/?page=2")
    titles = texts(first, ".entry__title a") + texts(second, ".entry__title a")
    assert (len(titles), titles[0]) == (24, "Housing five")
    assert titles[1].startswith("Habitat")
    assert "Habitat 05" not in titles
    assert [link.get("lang") for link in first.select(".entry__title a")[:2]] == [None, "fr"]
    assert texts(first, ".search-kind-count") == ["24", "12", "0", "12"]
    # Counted over both languages, each thing once; asked in each language's own words.
    housing = first.select_one("input[value=housing]").find_parent("label")
    assert housing.select_one(".facet-list__count").get_text() == "12"
    assert texts(read(client, "/en/resources/?q=housing"), ".entry__title a")[0] == "Housing five"
    assert len(texts(read(client, "/en/resources/?q=habitat&kind=dossier"), ".entry__title a")) == 11


def test_an_english_agenda_keeps_the_order_of_the_days(client: Client) -> None:
    create_skeleton()
    french, translated = make_page(EventPage, "Visite"), make_page(EventPage, "Journée")
    make_occurrence(french, days=5)
    make_occurrence(translated, days=9)
    translate_page(translated, {"Journée": "Study day"})
    let_search_read()

    main = read(client, "/en/events/")

    assert texts(main, ".session__title a") == ["Visite", "Study day"]
    assert [link.get("lang") for link in main.select(".session__title a")] == ["fr", None]


def test_what_was_restricted_or_withdrawn_is_in_no_listing_even_before_the_search_knows(
    client: Client, offer: TrainingCyclePage
) -> None:
    hidden = make_page(DossierPage, "Réservé")
    let_search_read()
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    Page.objects.filter(pk=offer.pk).update(live=False)

    assert texts(read(client, READING), ".entry__title") == []
    assert texts(read(client, f"{TRAINING}?view=cycles"), ".entry__title") == []


@pytest.mark.parametrize("address", [TRAINING, f"{TRAINING}?view=cycles", EVENTS, READING, "/fr/actualites/"])
def test_an_empty_listing_says_so_and_hostile_words_are_harmless(client: Client, address: str) -> None:
    create_skeleton()
    assert read(client, address).get_text(strip=True)
    for text in list(HOSTILE.values())[:12]:
        assert client.get(address, {"q": text, "page": text, "view": text, "theme": text}).status_code == 200


def test_a_listing_is_followed_as_the_search_that_finds_the_same(client: Client, offer: TrainingCyclePage) -> None:
    main = read(client, f"{TRAINING}?place=Lille")
    _rss, calendar, *_others = [link["href"] for link in main.select(".search-follow__list a")]

    assert "kind=occurrence" in calendar
    assert "of=session" in calendar
    lines = client.get(calendar).content.decode()
    assert lines.count("BEGIN:VEVENT") == 1
    assert Occurrence.objects.get(venue__town="Lille").day.strftime("%Y%m%d") in lines


@pytest.mark.parametrize("view", ["", "list", "calendar", "cycles", "past"])
def test_the_head_of_a_listing_announces_the_feeds_that_its_end_offers(
    client: Client, offer: TrainingCyclePage, view: str
) -> None:
    page = BeautifulSoup(client.get(TRAINING, {"view": view}).content, "html.parser")
    announced = [link["href"] for link in page.select("head link[rel=alternate][type]")]
    offered = [link["href"] for link in page.select(".search-follow__list a")]
    assert sorted(announced) == sorted(offered)
    assert len(announced) == {"cycles": 2, "past": 0}.get(view, 3)


def test_past_dates_run_backwards(client: Client) -> None:
    for days in (-2, -40, -400):
        make_occurrence(make_page(EventPage, f"Il y a {-days}"), days=days)
    let_search_read()

    assert rows(client, f"{EVENTS}?view=past") == ["Il y a 2", "Il y a 40", "Il y a 400"]
    assert rows(client, f"{EVENTS}?view=past&year={in_days(-400).year}")[-1] == "Il y a 400"


def test_elasticsearch_holds_the_same_in_both_languages(elastic: str, publish: Publish) -> None:
    for number, languages in enumerate((("fr", "en"), ("fr",), ("fr", "en"))):
        for language in languages:
            facets = {"theme": [FacetValue("housing", "Logement", "Housing")]}
            publish(f"Habitat {number}", kind="dossier", work_key=str(number), language=language, facets=facets)
    rebuild()
    listing = Listing(("dossier",), (FacetName.THEME,))

    def held(language: str) -> list[tuple[str, str]]:
        found = find(listing, ListingCriteria.of(listing, QueryDict("theme=housing"), language))
        assert found.results.engine == "elasticsearch"
        assert found.results.total == found.results.facets["theme"][0].count == len(found.keys)
        entries = SearchEntry.objects.in_bulk(found.keys)
        return [(entries[key].language, entries[key].title) for key in found.keys]

    assert sorted(held("en")) == [("en", "Habitat 0"), ("en", "Habitat 2"), ("fr", "Habitat 1")]
    assert held("en")[-1] == ("fr", "Habitat 1")
    assert sorted(held("fr")) == [("fr", f"Habitat {number}") for number in range(3)]
