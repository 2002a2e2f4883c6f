"""Resources: a draft may wait for its file, a published one leads somewhere."""

import datetime

import pytest
from wagtail.models import Page
from wagtail.users.models import UserProfile

from resources.models import ResourcePage
from tests.factories.forms import page_data
from tests.factories.pages import make_page

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
