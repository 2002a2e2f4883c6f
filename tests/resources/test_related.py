"""What goes with a dossier or a case study: chosen by an editor, else proposed from what pages share."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import querydict_from_html

from directory.models import PageAudience, PageTerritory, PageTheme
from events.models import Occurrence
from home.roles import EDITOR
from resources.models import CaseStudyPage, DossierPage, RelatedPage, ResourcePage
from resources.related import related_pages
from search import sync
from search.related import proposals
from tests.factories.directory import AudienceFactory, ThemeFactory, make_territory
from tests.factories.dossiers import make_dossier
from tests.factories.events import make_occurrence
from tests.factories.pages import make_page, make_session, translate_page
from tests.factories.streams import stored, stored_chapter, stored_items
from tests.roles import sign_in_as

pytestmark = pytest.mark.django_db


def about(page, *rows):
    """Classify a page, publish it and let the search know."""
    kinds = {"page_themes": PageTheme, "page_audiences": PageAudience, "page_territories": PageTerritory}
    for name, kind in kinds.items():
        if own := [row for row in rows if isinstance(row, kind)]:
            setattr(page, name, own)
    page.save_revision().publish()
    return known(page)


def known(page):
    for occurrence in Occurrence.objects.for_page(page):
        sync.update(Occurrence, occurrence.pk)
    sync.update(Page, page.pk)
    return page.__class__.objects.get(pk=page.pk)


def titles(page, shown=()):
    return [row.entry.title for row in related_pages(page, shown).items]


def list_of(*pages):
    """Return a list of pages in a text, as it is stored."""
    return stored("related_pages", {"title": "À lire aussi", "pages": stored_items(*(page.pk for page in pages))})


def choose(page, *others):
    page.related_rows = [RelatedPage(related=other, sort_order=number) for number, other in enumerate(others)]
    page.save_revision().publish()
    return page.__class__.objects.get(pk=page.pk)


@pytest.mark.both_engines
def test_what_shares_a_theme_is_proposed_the_closest_first_and_says_why(client):
    theme, audience, other = ThemeFactory(), AudienceFactory(), ThemeFactory()
    town = make_territory("Lille", "59350")
    study = about(make_page(CaseStudyPage, "Une marche de nuit"), PageTheme(theme=theme), PageTerritory(territory=town))
    about(make_page(ResourcePage, "Guide"), PageTheme(theme=theme))
    about(make_page(CaseStudyPage, "Ailleurs"), PageTheme(theme=other))
    about(make_page(ResourcePage, "Public seul"), PageAudience(audience=audience))
    about(make_dossier("La nuit en ville"), PageTheme(theme=theme), PageTerritory(territory=town))
    shown = related_pages(study)
    assert not shown.chosen
    assert [row.entry.title for row in shown.items] == ["La nuit en ville", "Guide"]
    assert [facet.label_fr for facet in shown.items[0].shared] == [theme.label_fr, "Lille"]
    assert "nuit" in shown.items[0].words
    html = client.get(study.url).content.decode()
    section = html.split('aria-labelledby="related"')[1].split("</section>")[0]
    assert "Proposé automatiquement" in section
    assert theme.label_fr in section
    assert section.index("La nuit en ville") < section.index("Guide")


def test_one_list_tells_what_the_editor_chose_then_what_is_proposed_without_what_the_text_lists(client):
    theme = PageTheme(theme=ThemeFactory())
    guide, _film = [about(make_page(ResourcePage, name), PageTheme(theme=theme.theme)) for name in ("Guide", "Film")]
    tool, sheet = known(make_page(ResourcePage, "Grille")), known(make_page(CaseStudyPage, "Fiche"))
    study = make_page(CaseStudyPage, "Une marche", body=json.dumps([list_of(guide, tool)]))
    study = choose(about(study, theme), sheet, tool, sheet, study)
    assert titles(study) == ["Fiche", "Film"]
    assert [row.entry.title for row in related_pages(study).automatic] == ["Film"]
    english = known(translate_page(study))
    for page, heading in ((study, "Pages liées"), (english, "Related pages")):
        main = BeautifulSoup(client.get(page.url).content, "html.parser").main
        assert [title.get_text() for title in main.select("h2, h3")][1:-1] == [heading]  # Then how to cite it.
        assert [next(link.stripped_strings) for link in main.select(".documents a")] == ["Guide", "Grille"]
        links = [link.get_text() for link in main.select(".gathered__title a")]
        assert links == (["Fiche", "Film"] if page == study else ["Fiche"])


def test_a_dossier_does_not_tell_again_what_the_lists_of_its_chapters_name(client):
    guide, tool = known(make_page(ResourcePage, "Guide")), known(make_page(ResourcePage, "Grille"))
    body = json.dumps([stored_chapter("Voir", list_of(guide))])
    dossier = choose(make_dossier("La nuit", body=body), tool, guide)
    assert titles(dossier) == ["Grille"]
    main = BeautifulSoup(client.get(dossier.url).content, "html.parser").main
    assert [link.get_text(strip=True) for link in main.select(".documents a")] == ["Guide"]
    assert [link.get_text(strip=True) for link in main.select(".gathered__title a")] == ["Grille"]


def test_the_switch_leaves_what_the_editor_chose_alone(client):
    theme = PageTheme(theme=ThemeFactory())
    study = about(make_page(CaseStudyPage, "Une marche"), theme)
    about(make_page(ResourcePage, "Guide"), PageTheme(theme=theme.theme))
    tool = known(make_page(ResourcePage, "Grille"))
    study.proposes_related = False
    chosen = choose(study, tool)
    assert titles(chosen) == ["Grille"]
    assert "Proposé automatiquement" not in client.get(chosen.url).content.decode()
    assert 'aria-labelledby="related"' not in client.get(choose(chosen).url).content.decode()


def test_what_visitors_may_not_read_is_neither_proposed_nor_shown(client):
    theme = ThemeFactory()
    study = about(make_page(CaseStudyPage, "Une marche"), PageTheme(theme=theme))
    about(make_page(ResourcePage, "Brouillon", live=False), PageTheme(theme=theme)).unpublish()
    hidden = about(make_page(ResourcePage, "Réservé"), PageTheme(theme=theme))
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    for page in Page.objects.filter(title__in=["Brouillon", "Réservé"]):
        sync.update(Page, page.pk)
    assert titles(study) == []
    assert proposals(study) == []
    assert titles(choose(study, hidden)) == []


@pytest.mark.both_engines
def test_a_dossier_proposes_nothing_that_it_gathers_and_only_sessions_to_come(client):
    theme = ThemeFactory()
    guide = about(make_page(ResourcePage, "Guide"), PageTheme(theme=theme))
    past, coming = make_session("Passée"), make_session("À venir")
    make_occurrence(past, days=-30)
    make_occurrence(coming, days=30)
    for session in (past, coming):
        about(session, PageTheme(theme=theme))
    dossier = about(make_dossier("La nuit", items=[guide]), PageTheme(theme=theme))
    html = client.get(dossier.url).content.decode().split('aria-labelledby="related"')[1]
    assert "À venir" in html
    assert "Passée" not in html
    assert "Guide" not in html


def test_each_language_shows_its_own_pages_else_the_french_one_marked(client):
    study, guide = known(make_page(CaseStudyPage, "Une marche")), known(make_page(ResourcePage, "Guide"))
    tool = known(make_page(ResourcePage, "Grille"))
    study = choose(study, tool, guide)
    for page in (guide, study):
        known(translate_page(page))
    english = Page.objects.get(translation_key=study.translation_key, locale__language_code="en").specific
    assert titles(english) == ["Grille", "GUIDE"]
    with override("en"):
        section = client.get(english.url).content.decode().split('aria-labelledby="related"')[1]
    assert 'lang="fr" hreflang="fr">Grille</a>' in section


def test_the_cost_for_visitors_is_the_same_at_any_size():
    theme, counts = ThemeFactory(), []
    study = about(make_page(CaseStudyPage, "Une marche"), PageTheme(theme=theme))
    for size in (range(3), range(3, 12)):
        others = [about(make_page(ResourcePage, f"Guide {number}"), PageTheme(theme=theme)) for number in size]
        for listed in ([], others[1:]):
            fresh = CaseStudyPage.objects.select_related("locale").get(pk=choose(study, *listed).pk)
            with CaptureQueriesContext(connection) as queries:
                assert related_pages(fresh).items
            counts.append(len(queries))
    assert max(counts) <= 5
    assert counts[:2] == counts[2:]


def edit(client, page, **changes):
    """Send the form of a page as it is shown, but for `changes`; return the draft that it leaves."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = client.get(url).content.decode()
    data = querydict_from_html(html, form_id="page-edit-form")
    # Blocks are written by a script.
    data.update({"body-count": "0"})
    for name, value in changes.items():
        data.setlist(name, value)
    assert client.post(url, dict(data.lists())).status_code == 302
    return page.__class__.objects.get(pk=page.pk).get_latest_revision_as_object(), html


def test_an_editor_accepts_a_proposal_then_orders_and_removes_it_in_the_form(client):
    theme = ThemeFactory()
    study = about(make_page(CaseStudyPage, "Une marche"), PageTheme(theme=theme))
    guide = about(make_page(ResourcePage, "Guide"), PageTheme(theme=theme))
    hidden = make_page(ResourcePage, "Brouillon", live=False)
    sign_in_as(client, EDITOR, "fr")
    draft, html = edit(client, study, accepted_related=[str(guide.pk), str(hidden.pk), str(study.pk)])
    assert "Guide <small>" in html
    assert theme.label_fr in html
    assert [row.related_id for row in draft.related_rows.all()] == [guide.pk]
    assert titles(CaseStudyPage.objects.get(pk=study.pk)) == ["Guide"]
    again, html = edit(client, study, accepted_related=[str(guide.pk)])
    assert [row.related_id for row in again.related_rows.all()] == [guide.pk]
    assert "Rien à proposer" in html
    removed, _html = edit(client, study, **{"related_rows-0-DELETE": ["1"]})
    assert list(removed.related_rows.all()) == []


def test_a_page_chosen_twice_stands_once_in_the_list(client):
    study, guide = make_page(CaseStudyPage, "Une marche"), known(make_page(ResourcePage, "Guide"))
    for number in (1, 2):
        study.related_rows.add(study.related_rows.model(related=guide, sort_order=number))
    study.save_revision().publish()
    sign_in_as(client, EDITOR, "fr")
    draft, _html = edit(client, study)
    assert [row.related_id for row in draft.related_rows.all()] == [guide.pk]
    assert titles(CaseStudyPage.objects.get(pk=study.pk)) == ["Guide"]


@pytest.mark.both_engines
def test_a_new_draft_is_proposed_what_its_words_find(client):
    guide = known(make_page(ResourcePage, "Habiter les berges"))
    draft = make_page(DossierPage, "Des berges à vivre", live=False)
    [row] = proposals(draft)
    assert (row.page_id, row.words, row.shared) == (guide.pk, ["berges"], [])
    assert titles(known(draft)) == []
