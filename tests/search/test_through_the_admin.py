"""What an editor does in the admin is right in both engines once it is answered: well within two seconds."""

import json
import time

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from resources.models import ResourceIndexPage
from search.engines import embedded_engine
from search.engines.elastic import ElasticsearchEngine
from search.models import SearchEntry
from tests.roles import ADMINISTRATOR, sign_in_as
from tests.search.test_elasticsearch import asked, titles

SECONDS = 2
# Fields of a page's form that its scripts add, and its main button.
PUBLISH = {"body-count": "0", "action-publish": "1"}


class Editor:
    """Works in the admin, and sees after each step what both engines answer."""

    def __init__(self, client: Client) -> None:
        self.client = sign_in_as(client, ADMINISTRATOR)

    def send(self, name: str, *keys: object, **fields: str) -> None:
        """Send the form of an admin page with some fields changed, and note when."""
        address = reverse(name, args=keys)
        html = self.client.get(address).content.decode()
        shown = json.loads(html)["html"] if html.startswith("{") else html
        # Of the forms of the page, the one that is sent to itself.
        form = querydict_from_html(str(BeautifulSoup(shown, "html.parser").find("form", action=address)))
        for field, value in fields.items():
            form[field] = value
        self.began = time.monotonic()
        response = self.client.post(address, form)
        assert response.status_code in (200, 302)

    def sees(self, words: str) -> list[str]:
        """Return the titles found, which are the same in both engines and are there in time."""
        found = [titles(engine.search(asked(words))) for engine in (embedded_engine(), ElasticsearchEngine())]
        assert time.monotonic() - self.began < SECONDS
        assert found[0] == found[1]
        return found[0]


@pytest.mark.django_db(transaction=True)
def test_what_is_done_in_the_admin_is_right_in_both_engines_at_once(sections, elastic, client):
    editor = Editor(client)
    parent = sections["resources"]
    new = ("resources", "dossierpage", parent.pk)
    editor.send("wagtailadmin_pages:add", *new, title="Entretenir les abords", slug="abords", **PUBLISH)
    assert editor.sees("abords") == ["Entretenir les abords"]
    page = Page.objects.get(slug="abords")
    elsewhere = ResourceIndexPage(title="Archives", locale=parent.locale)
    sections["home"].add_child(instance=elsewhere)

    editor.send("wagtailadmin_pages:edit", page.pk, title="Jardiner les abords", **PUBLISH)
    assert (editor.sees("entretenir"), editor.sees("jardiner")) == ([], ["Jardiner les abords"])

    editor.send("wagtailadmin_pages:set_privacy", parent.pk, restriction_type="login")
    assert editor.sees("jardiner") == []
    editor.send("wagtailadmin_pages:set_privacy", parent.pk, restriction_type="none")
    assert editor.sees("jardiner") == ["Jardiner les abords"]

    editor.send("wagtailadmin_pages:move_confirm", page.pk, elsewhere.pk)
    assert editor.sees("jardiner") == ["Jardiner les abords"]
    assert SearchEntry.objects.get(source_key=str(page.pk)).url == f"{elsewhere.url}abords/"

    editor.send("wagtailadmin_pages:unpublish", page.pk)
    assert editor.sees("jardiner") == []
    editor.send("wagtailadmin_pages:edit", page.pk, **PUBLISH)
    assert editor.sees("jardiner") == ["Jardiner les abords"]
    editor.send("wagtailadmin_pages:delete", page.pk)
    assert editor.sees("jardiner") == []
