"""Every page of the portal, in both languages: accessible, narrow, silent, and whole without scripts."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page

from demo.registry import BUILDERS, PageBuilder
from events.models import Occurrence
from portal.languages import translations_of
from portal.models import BasePage
from resources.models import CaseStudyPage
from tests.browser.examination import NARROW, assert_same_without_scripts, examine
from tests.browser.portal import LivePortal
from tests.browser.registration import RegistrationPages

both_languages = pytest.mark.parametrize("language", ["fr", "en"])


@both_languages
@pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.page_type.__name__)
def test_a_page_of_each_type_is_for_everyone(live_portal: LivePortal, browser, builder: PageBuilder, language: str):
    page = translations_of(builder.build())[language]

    assert live_portal.visit(page.url).status == 200

    assert live_portal.page.locator("html").get_attribute("lang") == language
    # One language is enough for the dark theme: the templates are the same.
    examine(live_portal.page, dark=language == "fr")
    assert_same_without_scripts(live_portal, browser)


@both_languages
@pytest.mark.parametrize(
    ("query", "has_hits"),
    [("q=QPV", True), ("q=formation+lille&price=free&from=45", True), ("q=zygomatiquement", False), ("", False)],
    ids=["definition", "filters", "none", "empty"],
)
def test_the_search_is_for_everyone(live_portal: LivePortal, browser, language: str, query: str, has_hits: bool):
    with override(language):
        live_portal.visit(f"{reverse('search:results')}?{query}")

    assert bool(live_portal.page.locator(".search-result").count()) == has_hits
    examine(live_portal.page, dark=language == "fr")
    assert_same_without_scripts(live_portal, browser)


@pytest.mark.parametrize(
    "address",
    [
        "/fr/formations/?view=calendar",
        "/en/training/?view=cycles&place=Lille",
        "/fr/formations/?q=zygomatiquement&price=free",
        "/en/events/?view=past",
        "/en/resources/?kind=dossier&q=migrants",
    ],
)
def test_a_listing_is_for_everyone_in_each_of_its_views(live_portal: LivePortal, browser, address: str):
    assert live_portal.visit(address).status == 200
    examine(live_portal.page, dark=address.startswith("/fr/"))
    assert_same_without_scripts(live_portal, browser)


def test_a_calendar_on_a_phone_is_the_list_of_its_days_and_leads_to_the_next_month(live_portal: LivePortal):
    page = live_portal.page
    page.set_viewport_size(NARROW)
    live_portal.visit("/fr/formations/?view=calendar")
    month = page.locator("#calendar-month").inner_text()

    shown = page.locator("td:visible")
    assert shown.count() == page.locator("td:has(.calendar__entry)").count() > 0
    # Folded, it stays a table for whoever listens to it.
    assert page.get_by_role("table", name=month).get_by_role("columnheader").count() == 7
    link = page.locator("a[rel=next]")
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#calendar-month").inner_text() != month


@both_languages
def test_each_step_of_a_registration_is_for_everyone(live_portal: LivePortal, language: str):
    occurrence = Occurrence.objects.get(page__slug="etape-4-gouvernance-et-partenariats")
    steps = RegistrationPages(live_portal, language)
    steps.open(occurrence)
    examine(live_portal.page, dark=True)

    live_portal.expect_complaint("422")
    steps.proceed()
    assert live_portal.page.locator(".error-summary a").count() > 4
    examine(live_portal.page, dark=True)

    steps.name_contact("Nora", "Benali")
    steps.find_organisation("Beauvaisis")
    examine(live_portal.page, dark=True)
    steps.choose_organisation("Beauvaisis")
    steps.name_participant(0, "Nora", "Benali")
    steps.agree()
    steps.proceed(answers=False)
    examine(live_portal.page, dark=True)
    live_portal.expect_complaint("422")
    steps.press("answer")
    assert live_portal.page.locator(".error-summary a").count() == 1
    examine(live_portal.page, dark=True)
    steps.answer()
    assert live_portal.page.locator(".price-panel").count() == 1
    examine(live_portal.page, dark=True)

    steps.confirm()
    examine(live_portal.page, dark=True)
    to_answer = ".summary-list__action a[href*='/answers/'], .summary-list__action a[href*='/reponses/']"
    live_portal.follow(live_portal.page.locator(to_answer))
    examine(live_portal.page, dark=True)
    live_portal.page.go_back()
    live_portal.follow(live_portal.page.locator(".summary-list__action a").first)
    examine(live_portal.page)


@both_languages
def test_an_address_that_leads_nowhere_is_for_everyone(live_portal: LivePortal, browser, language: str):
    live_portal.expect_complaint("404")

    assert live_portal.visit(f"/{language}/rien/de/tel/").status == 404

    assert live_portal.page.locator("main input[type=search]").count() == 1
    examine(live_portal.page, dark=True)


def test_a_page_shown_in_french_among_english_ones_says_so_to_everyone(live_portal: LivePortal, browser):
    english = Locale.objects.get(language_code="en")
    translated = Page.objects.filter(locale=english).values("translation_key")
    french = CaseStudyPage.objects.live().exclude(translation_key__in=translated)[0]
    alias: BasePage = french.copy_for_translation(english, alias=True)

    assert live_portal.visit(alias.url).status == 200

    assert live_portal.page.locator("html").get_attribute("lang") == "en"
    assert live_portal.page.locator("main").get_attribute("lang") == "fr"
    assert live_portal.page.locator(".notice").is_visible()
    examine(live_portal.page, dark=True)
    assert_same_without_scripts(live_portal, browser)


def test_a_contact_form_with_errors_is_for_everyone(live_portal: LivePortal):
    live_portal.visit("/fr/contact/")
    live_portal.expect_complaint("422")
    live_portal.follow(live_portal.page.locator("main form [type=submit]"))

    assert live_portal.page.locator(".error-summary").is_visible()
    examine(live_portal.page, dark=True)
