"""Pages of the site that are views: found by their own names, in both languages."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Site

from search import sync
from search.checking import check
from search.models import SearchEntry
from search.providers import ViewProvider
from search.services import rebuild
from tests.search.conftest import find_results

pytestmark = pytest.mark.django_db


def test_each_is_found_by_its_name_in_both_languages():
    sync.update_instance(ViewProvider(), Site.objects.get(is_default_site=True))

    for language, name, view in (
        ("fr", "territoires adhérents", "events:members"),
        ("fr", "annuaire", "directory:front"),
        ("fr", "réseaux", "directory:network_list"),
        ("fr", "glossaire", "search:glossary"),
        ("fr", "lettre d’information", "newsletter:subscribe"),
        ("en", "member territories", "events:members"),
        ("en", "directory", "directory:front"),
        ("en", "people who speak", "directory:person_list"),
        ("en", "glossary", "search:glossary"),
        ("en", "newsletter", "newsletter:subscribe"),
    ):
        first = find_results(name, language).hits[0].entry
        with override(language):
            assert (first.url, first.anchor, first.kind) == (reverse(view), "", "standard"), name


def test_nothing_is_stale_after_a_rebuild_and_what_is_no_longer_registered_is_forgotten(client):
    rebuild()
    assert check(mends=False).is_right
    entries = SearchEntry.objects.filter(source_model="wagtailcore.site")
    for address in entries.values_list("url", flat=True):
        assert client.get(address).status_code == 200, address

    entries.filter(source_key__endswith="-search:glossary").update(source_key="1-gone:view")
    report = check(mends=True)
    assert [len(report.stale), report.orphans] == [1, ["wagtailcore.site 1-gone:view"]]
    assert check(mends=False).is_right


def test_without_a_site_there_is_none(transactional_db):
    site = Site.objects.get(is_default_site=True)
    site.save()
    assert SearchEntry.objects.filter(source_model="wagtailcore.site").exists()

    site.delete()
    assert not SearchEntry.objects.exists()
