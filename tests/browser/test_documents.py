"""An editor enters three documents of a centre in the admin, in French then in English: no structure is lost.

A long proof (`make drills`): each takes up to two minutes of typing.
"""

from collections.abc import Iterable
from types import ModuleType

import pytest
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import expect
from wagtail.models import Page

from cycles.models import SessionPage, TrainingCyclePage
from demo.loader.logins import ADMINISTRATOR, PASSWORD
from directory.enums import OrganisationRole, PersonRole
from events.models import EventPage, ReportPage
from portal.blocks.library import body_blocks
from resources.models import CaseStudyPage, ResourceIndexPage
from tests.browser.admin import AdminPages
from tests.browser.axe import assert_accessible
from tests.browser.documents import introductory_session, migrants_sheet, workshop_report
from tests.browser.documents.texts import Text, rows_of, texts_of
from tests.browser.portal import LivePortal
from tests.browser.translating import publish_translation, translate

pytestmark = pytest.mark.drill
EDITOR = "redactrice"
LANGUAGES = ("fr", "en")


@pytest.fixture
def admin(live_portal: LivePortal) -> AdminPages:
    # What Wagtail's own scripts write to the console is not ours to judge.
    live_portal.expect_complaint("")
    live_portal.page.set_default_timeout(30_000)
    live_portal.log_in(EDITOR, PASSWORD)
    return AdminPages(live_portal)


def test_the_sheet_on_migrants_citizenship(live_portal: LivePortal, admin: AdminPages):
    sheet = migrants_sheet
    index = ResourceIndexPage.objects.get(locale__language_code="fr")
    live_portal.visit(f"/admin/pages/add/resources/casestudypage/{index.pk}/")
    admin.write("id_title", sheet.TITLE.fr)
    admin.write("id_summary", sheet.THESIS.fr)
    admin.choose("id_lead", sheet.LEAD)
    admin.choose("id_programme", sheet.PROGRAMME)
    admin.choose(f"{admin.add_row('case_networks')}-network", sheet.NETWORK)
    admin.page.locator(f"#{admin.add_row('case_sdgs')}-sdg").select_option(sheet.GOAL)
    for theme in sheet.THEMES:
        admin.choose(f"{admin.add_row('page_themes')}-theme", theme)
    for name in sheet.PARTNERS:
        add_organisation(admin, name.fr, OrganisationRole.PARTNER)
    add_organisation(admin, sheet.FUNDER.fr, OrganisationRole.FUNDER)
    add_person(admin, sheet.CONTACT, PersonRole.CONTACT)
    admin.fill_body(sheet.BODY)
    admin.save_draft()

    versions = publish_in_both_languages(live_portal, CaseStudyPage, sheet)

    for language, version in versions.items():
        read(live_portal, version, language, sheet)
        card = live_portal.page.locator(".identity")
        for name, country in sheet.PARTNERS.items():
            expect(card.locator("li", has_text=getattr(name, language))).to_contain_text(getattr(country, language))
        for words in (sheet.LEAD, sheet.PROGRAMME, sheet.NETWORK, getattr(sheet.FUNDER, language)):
            expect(card).to_contain_text(words)
        assert live_portal.page.locator(".figure__value").count() == 3


def test_the_page_of_an_introductory_session_in_five_towns(live_portal: LivePortal, admin: AdminPages):
    session = introductory_session
    cycle = TrainingCyclePage.objects.filter(locale__language_code="fr").first()
    live_portal.visit(f"/admin/pages/add/cycles/sessionpage/{cycle.pk}/")
    admin.write("id_title", session.TITLE.fr)
    admin.write("id_summary", session.SUMMARY.fr)
    admin.page.locator("#id_kind").select_option("introductory")
    admin.page.locator("#id_attend").select_option("one")
    add_person(admin, session.SPEAKER, PersonRole.SPEAKER)
    admin.fill_body(session.BODY)
    admin.save_draft()
    for date in session.DATES:
        add_date(admin, date)

    versions = publish_in_both_languages(live_portal, SessionPage, session)

    for language, version in versions.items():
        read(live_portal, version, language, session)
        for date in session.DATES:
            expect(live_portal.page.locator("main")).to_contain_text(date.town)
        links = live_portal.page.locator(f"main a[href*='{'inscription' if language == 'fr' else 'register'}']")
        assert links.count() >= len(session.DATES)


def test_the_report_of_a_workshop(live_portal: LivePortal, admin: AdminPages):
    report = workshop_report
    event = EventPage.objects.filter(locale__language_code="fr").first()
    live_portal.visit(f"/admin/pages/add/events/reportpage/{event.pk}/")
    admin.write("id_title", report.TITLE.fr)
    admin.write("id_summary", report.SUMMARY.fr)
    admin.fill_body(report.BODY)
    admin.save_draft()

    versions = publish_in_both_languages(live_portal, ReportPage, report)

    for language, version in versions.items():
        read(live_portal, version, language, report)


def add_organisation(admin: AdminPages, name: str, role: OrganisationRole) -> None:
    row = admin.add_row("page_organisations")
    admin.choose(f"{row}-organisation", name)
    admin.page.locator(f"#{row}-role").select_option(role)


def add_person(admin: AdminPages, name: str, role: PersonRole) -> None:
    row = admin.add_row("page_people")
    admin.choose(f"{row}-person", name)
    admin.page.locator(f"#{row}-role").select_option(role)


def add_date(admin: AdminPages, date: introductory_session.TownDate) -> None:
    """Add a date from the page's own panel, and come back to the page."""
    page = admin.page
    editor = page.url
    page.locator(".w-panel__occurrences a[href*='/add/']").click()
    day = timezone.localdate() + timezone.timedelta(days=date.in_days)
    admin.type("id_day", day.isoformat())
    admin.type("id_doors", "09:00")
    half_day = admin.add_row("half_days")
    admin.type(f"{half_day}-starts", "09:30")
    admin.type(f"{half_day}-ends", "12:30")
    admin.choose("id_venue", date.venue)
    admin.write("id_capacity", "30")
    page.locator("footer [type=submit]").first.click()
    page.wait_for_url(editor)
    expect(page.locator(".w-panel__occurrences")).to_contain_text(date.town)


def publish_in_both_languages(live_portal: LivePortal, page_type: type[Page], document: ModuleType) -> dict[str, Page]:
    """Publish the French draft, translate each of its strings as the editor, publish that; return page by language."""
    french = page_type.objects.get(title=document.TITLE.fr)
    french.get_latest_revision().publish()
    texts = {text.fr: text.en for text in every_text(document)}
    english = translate(live_portal, french, texts)
    assert not english.live
    live_portal.become(ADMINISTRATOR, PASSWORD)
    publish_translation(live_portal, english)
    live_portal.page.context.clear_cookies()
    french.refresh_from_db()
    return {"fr": french, "en": english}


def every_text(document: ModuleType) -> Iterable[Text]:
    """Yield what the editor typed: the fields of the page, then its body."""
    for value in vars(document).values():
        if isinstance(value, Text):
            yield value
    yield from texts_of(document.BODY)


def block_types(document: ModuleType) -> list[str]:
    """Return the stored name of each block of a document, which names them as the editor's menu does."""
    with override("fr"):
        names = {str(block.label): name for name, block in body_blocks().child_blocks.items()}
    return [names[label] for label, _fields in document.BODY]


def read(live_portal: LivePortal, page: Page, language: str, document: ModuleType) -> None:
    """Open a page as a visitor: all that was typed is there, in its language, and within reach of everybody."""
    assert live_portal.visit(page.url).status == 200
    main = live_portal.page.locator("main")
    expected = [getattr(text, language) for text in every_text(document) if text != document.SLUG]
    for words in [*expected, *rows_of(document.BODY)]:
        expect(main).to_contain_text(words)
    assert page.slug == getattr(document.SLUG, language)
    assert [block.block_type for block in page.body] == block_types(document)
    assert_accessible(live_portal.page)
