"""An editor writes a case study and its English translation in the admin; an administrator publishes both."""

import pytest
from playwright.sync_api import expect

from demo.loader.logins import ADMINISTRATOR, PASSWORD
from directory.enums import OrganisationRole
from resources.enums import CaseStudyFamily
from resources.models import CaseStudyPage, ResourceIndexPage
from tests.browser.admin import AdminPages
from tests.browser.portal import LivePortal
from tests.browser.translating import publish_translation, translate

EDITOR = "redactrice"
TITLE = "Des jardins au pied des tours"
# What the editor writes → how she translates it.
TEXTS = {
    TITLE: "Gardens at the foot of the towers",
    "Quinze parcelles, une association, deux bailleurs.": "Fifteen plots, one association, two landlords.",
    "Comment cela a commencé": "How it began",
    "Les habitantes ont demandé de la terre.": "The residents asked for soil.",
    "Le jardin en chiffres": "The garden in figures",
    "15": "15",
    "parcelles": "plots",
    "bilan de l’association": "the association’s report",
    "On se parle enfin d’un balcon à l’autre.": "At last we talk from one balcony to the next.",
    "Farida": "Farida",
    "habitante": "a resident",
    "des-jardins-au-pied-des-tours": "gardens-at-the-foot-of-the-towers",
}
LEAD, PARTNER, NETWORK, THEME = (
    "Ville de Roubaix",
    "Habitat des Deux Rives",
    "ARRIVAL CITIES",
    "Participation des habitants",
)


@pytest.fixture
def admin(live_portal: LivePortal) -> AdminPages:
    # What Wagtail's own scripts write to the console is not ours to judge.
    live_portal.expect_complaint("")
    live_portal.page.set_default_timeout(30_000)
    return AdminPages(live_portal)


@pytest.mark.drill
def test_an_editor_builds_a_case_study_and_its_translation(live_portal: LivePortal, admin: AdminPages):
    live_portal.log_in(EDITOR, PASSWORD)
    write_the_case_study(live_portal, admin)
    admin.save_draft()
    assert_saved_as_a_draft()
    submit_without_publishing(admin)
    french = CaseStudyPage.objects.get(title=TITLE)
    assert not french.live

    become_administrator(live_portal)
    approve(admin, french)
    french.refresh_from_db()
    assert french.live

    live_portal.become(EDITOR, PASSWORD)
    english = translate(live_portal, french, TEXTS)
    assert not english.live
    become_administrator(live_portal)
    publish_translation(live_portal, english)

    assert_read_in_both_languages(live_portal, french, english)


def test_a_day_typed_as_people_write_it_is_never_replaced_by_today(live_portal: LivePortal, admin: AdminPages):
    live_portal.log_in(EDITOR, PASSWORD)
    index = ResourceIndexPage.objects.get(locale__language_code="fr")
    live_portal.visit(f"/admin/pages/add/resources/resourcepage/{index.pk}/")
    day = admin.page.locator("#id_published_on")
    for typed in ("01/11/2025", "1er novembre 2025"):
        day.fill(typed)
        day.press("Tab")
        expect(day).to_have_value(typed)


def write_the_case_study(live_portal: LivePortal, admin: AdminPages) -> None:
    """Fill in the form of a new case study, from title to quotation."""
    texts = list(TEXTS)
    index = ResourceIndexPage.objects.get(locale__language_code="fr")
    live_portal.visit(f"/admin/pages/add/resources/casestudypage/{index.pk}/")
    admin.write("id_title", texts[0])
    admin.write("id_summary", texts[1])
    admin.page.locator("#id_family").select_option(CaseStudyFamily.CAPITALISATION)
    admin.choose("id_lead", LEAD)
    admin.choose(f"{admin.add_row('case_networks')}-network", NETWORK)
    admin.page.locator(f"#{admin.add_row('case_sdgs')}-sdg").select_option("11")
    admin.add_block("Intertitre").locator("[name$='-value-text']").fill(texts[2])
    admin.add_block("Texte").locator("[contenteditable=true]").fill(texts[3])
    figures = admin.add_block("Chiffres clés")
    for name, text in zip(("title", "figures-0-value-value", "figures-0-value-label"), texts[4:7], strict=True):
        figures.locator(f"[name$='-value-{name}']").fill(text)
    figures.locator("[name$='-figures-0-value-source']").fill(texts[7])
    quotation = admin.add_block("Citation")
    for name, text in zip(("text", "speaker_name", "role"), texts[8:11], strict=True):
        quotation.locator(f"[name$='-value-{name}']").fill(text)
    admin.choose(f"{admin.add_row('page_themes')}-theme", THEME)
    partner = admin.add_row("page_organisations")
    admin.choose(f"{partner}-organisation", PARTNER)
    admin.page.locator(f"#{partner}-role").select_option(OrganisationRole.PARTNER)


def assert_saved_as_a_draft() -> None:
    """What was typed is in the draft, all of it, and nobody reads it yet."""
    draft = CaseStudyPage.objects.get(title=TITLE).get_latest_revision_as_object()
    assert not draft.live
    assert draft.family == CaseStudyFamily.CAPITALISATION
    assert draft.lead.name == LEAD
    assert [row.name for row in draft.partners] == [PARTNER]
    assert [row.label for row in draft.networks] == [NETWORK]
    assert [goal.value for goal in draft.sdgs] == [11]
    assert [row.label_fr for row in draft.themes] == [THEME]
    assert [block.block_type for block in draft.body] == ["heading", "text", "key_figures", "quotation"]


def submit_without_publishing(admin: AdminPages) -> None:
    """Submit to moderation: there is no button to publish."""
    actions = admin.open_actions()
    actions.filter(visible=True).first.wait_for()
    names = {action.get_attribute("name") for action in actions.all()}
    assert "action-submit" in names
    assert "action-publish" not in names
    admin.press_action(admin.page.locator("footer button[name=action-submit]"))
    assert CaseStudyPage.objects.get(title=TITLE).workflow_in_progress


def become_administrator(live_portal: LivePortal) -> None:
    """Go on as who may publish."""
    live_portal.become(ADMINISTRATOR, PASSWORD)


def approve(admin: AdminPages, french: CaseStudyPage) -> None:
    """Approve what was submitted, which publishes it."""
    admin.portal.visit(f"/admin/pages/{french.pk}/edit/")
    admin.open_actions()
    admin.press_action(admin.page.locator("[data-workflow-action-name=approve]").filter(visible=True).first)


def assert_read_in_both_languages(live_portal: LivePortal, french: CaseStudyPage, english: CaseStudyPage) -> None:
    """Both pages say what was written, and each leads to the other."""
    page = live_portal.page
    page.context.clear_cookies()
    assert live_portal.visit(french.url).status == 200
    for text in list(TEXTS)[:11]:
        expect(page.locator("main")).to_contain_text(text)
    page.locator(".languages a[hreflang=en]").click()
    page.wait_for_url(f"**{english.url}")
    assert english.url == "/en/resources/gardens-at-the-foot-of-the-towers/"
    for text in [*list(TEXTS.values())[:11], LEAD, PARTNER, NETWORK]:
        expect(page.locator("main")).to_contain_text(text)
    page.locator(".languages a[hreflang=fr]").click()
    page.wait_for_url(f"**{french.url}")
