"""Every address of the directory that a visitor of the demonstration can reach answers, in both languages."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from directory.row_kinds import KINDS
from search.models import SearchEntry

pytestmark = pytest.mark.usefixtures("demo_database")
LINK = re.compile(r'href="(/(?:fr/annuaire|en/directory)/[^"?#]*)["?#]')


def published_addresses() -> Iterator[str]:
    """Yield the addresses of the published pages, in both languages."""
    for page in Page.objects.live().filter(depth__gt=1, alias_of__isnull=True):
        yield page.get_url_parts()[2]


def reached(client: Client, starts: Iterator[str] | list[str]) -> dict[str, int]:
    """Return the answer of each address and of the addresses of the directory to which they lead, step by step."""
    answers: dict[str, int] = {}
    waiting = list(starts)
    while waiting:
        address = waiting.pop()
        if address not in answers:
            response = client.get(address)
            answers[address] = response.status_code
            found = LINK.findall(response.content.decode()) if response.status_code == 200 else []
            waiting += [link for link in found if link not in answers]
    return answers


@pytest.mark.drill
def test_every_link_to_the_directory_leads_to_a_page_of_each_kind_in_both_languages(client):
    fronts = []
    for language in ("fr", "en"):
        with override(language):
            fronts.append(reverse("directory:front"))
    answers = reached(client, [*published_addresses(), *fronts])
    assert {address: answer for address, answer in answers.items() if answer != 200} == {}
    for language in ("fr", "en"):
        with override(language):
            lists = {name: reverse(f"directory:{name}_list") for name in KINDS}
        for name, address in lists.items():
            rows = [found for found in answers if found.startswith(address) and found != address]
            assert rows, (language, name)


def test_a_page_of_results_leads_to_pages_of_the_directory(client):
    assert SearchEntry.objects.exists()
    for address in ("/fr/recherche/?q=nantes", "/en/search/?q=nantes"):
        links = LINK.findall(client.get(address).content.decode())
        assert links
        assert {client.get(link).status_code for link in links} == {200}
