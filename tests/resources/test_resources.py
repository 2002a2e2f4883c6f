"""Resources: a draft may wait for its file, a published one leads somewhere."""

import datetime
import json

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.users.models import UserProfile

from resources.models import CaseStudyPage, ResourcePage
from tests.factories.dossiers import make_dossier
from tests.factories.forms import page_data
from tests.factories.pages import let_search_read, make_page
from tests.factories.streams import stored, stored_items

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client, admin_user):
    """Return an unpublished resource without file or address, before the admin's editor."""
    client.force_login(admin_user)
    return make_page(ResourcePage, "Le guide des marches", live=False, external_url="")


def save(client, page: Page, **fields: str):
    """Save a page in its editor; `action` says how."""
    data = page_data(page, resource_type="publication", resource_language="fr", **fields)
    return client.post(f"/admin/pages/{page.pk}/edit/", data)


def test_a_draft_may_wait_for_its_file_and_is_shown_meanwhile(client, draft):
    assert save(client, draft, summary="À relire").status_code == 302
    latest = Page.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert latest.summary == "À relire"
    preview = client.get(f"/admin/pages/{draft.pk}/view_draft/")
    assert preview.status_code == 200
    assert "Le guide des marches" in preview.content.decode()


def test_a_resource_that_leads_nowhere_is_not_published_and_the_error_says_so(client, draft):
    response = save(client, draft, **{"action-publish": "1"})
    assert "external_url" in response.context["form"].errors
    assert not Page.objects.get(pk=draft.pk).live
    save(client, draft, external_url="https://example.org/guide", **{"action-publish": "1"})
    assert Page.objects.get(pk=draft.pk).live


def test_a_wrong_address_is_told_once(client, draft):
    response = save(client, draft, external_url="nowhere", **{"action-publish": "1"})
    assert len(response.context["form"].errors["external_url"]) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_day_is_typed_and_shown_as_the_team_writes_it(client, draft, admin_user, language):
    UserProfile.objects.create(user=admin_user, preferred_language=language)
    assert save(client, draft, published_on="01/11/2026").status_code == 302
    assert Page.objects.get(pk=draft.pk).get_latest_revision_as_object().published_on == datetime.date(2026, 11, 1)
    assert 'value="01/11/2026"' in client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()


def test_a_day_that_cannot_be_read_is_refused_and_kept_in_its_field(client, draft):
    response = save(client, draft, published_on="1er novembre 2026")
    assert "published_on" in response.context["form"].errors
    assert "1er novembre 2026" in response.content.decode()


@pytest.mark.parametrize(
    ("kind", "words"),
    [("replay", "Voir ou écouter sur le site d’origine"), ("publication", "Lire sur le site d’origine")],
)
def test_the_link_says_what_one_does_at_the_publisher_s(client, kind, words):
    assert words in client.get(make_page(ResourcePage, "Retour", resource_type=kind).url).content.decode()


def test_the_list_says_of_what_has_no_day_of_publication_when_it_was_brought_up_to_date(client):
    dossier = make_dossier(brought_up_to_date_on=datetime.date(2026, 11, 6))
    make_page(ResourcePage, "Guide", published_on=datetime.date(2026, 3, 1))
    let_search_read()
    soup = BeautifulSoup(client.get(dossier.get_parent().url).content, "html.parser")
    sides = [" ".join(side.get_text(" ").split()) for side in soup.select(".entry__side")]
    # The latest first, by the days that they say.
    assert sides == ["Dossier À jour au 6 novembre 2026", "Publication 1er mars 2026"]


def test_a_label_is_in_the_language_of_the_page_whatever_it_leads_to(client):
    items = stored_items(
        {"label": "Le guide d’Oslo", "document": None, "page": None, "url": "https://example.org/", "language": "en"}
    )
    page = make_page(CaseStudyPage, "Oslo", body=json.dumps([stored("links", {"title": "", "items": items})]))
    link = BeautifulSoup(client.get(page.url).content, "html.parser").find("a", href="https://example.org/")
    assert link["hreflang"] == "en"
    assert link.find(attrs={"lang": True}) is None
    assert "(en anglais)" in link.get_text()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_file_says_its_language_beside_a_label_in_that_of_the_page(language):
    document = Document.objects.create(title="Guide", file=ContentFile(b"x", "guide.pdf"))
    html = render_to_string(
        "components/document.html", {"document": document, "label": "Le guide", "language": language}
    )
    assert f'hreflang="{language}"' in html
    assert " lang=" not in html
