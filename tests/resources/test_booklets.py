"""The booklet of a dossier: tagged, titled, in its language, whole, and never fetching anything."""

import json
import os
import re
import sys
from importlib.abc import MetaPathFinder
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from wagtail.models import PageViewRestriction, Site

from directory.models import PagePerson
from portal.pdf import PdfUnavailableError, is_available, render_pdf
from resources import views
from resources.booklets import booklet_of
from resources.models import DossierItem, DossierPage, ResourcePage
from tests.factories.directory import OrganisationFactory, PersonFactory, VenueFactory
from tests.factories.dossiers import make_dossier
from tests.factories.events import make_occurrence
from tests.factories.images import make_image
from tests.factories.pages import make_page, make_session, translate_page
from tests.factories.streams import stored, stored_chapter, stored_heading, stored_items, stored_text

pytestmark = pytest.mark.django_db
needs_weasyprint = pytest.mark.skipif(
    not is_available() and os.environ.get("CI") != "true",
    reason="MISSING SERVICE WeasyPrint's libraries; on Debian or Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0",
)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def rich_dossier():
    """Return a dossier with figures, links, a picture, a session and a contact."""
    figures = stored_items({"value": "1 514", "label": "quartiers prioritaires", "source": "Agence de la cohésion"})
    links = stored_items(
        {"label": "Atlas", "document": None, "page": None, "url": "https://example.org/atlas", "language": "fr"}
    )
    picture = {"image": make_image().pk, "alt_text": "Une marche", "decorative": False}
    chapters = [
        stored_chapter(
            "Installer la démarche",
            stored_text('Marcher, lire <a href="https://example.org/guide">le guide</a>.'),
            stored_heading("Les six premiers mois"),
            stored("key_figures", {"title": "", "figures": figures}),
            stored("image", {"picture": picture, "caption": "La place", "credit": "Photo de Léa"}),
        ),
        stored_chapter(
            "Évaluer", stored_text("Trois indicateurs suffisent."), stored("links", {"title": "", "items": links})
        ),
    ]
    session = make_session("Gouvernance")
    make_occurrence(session, days=20, venue=VenueFactory(town="Amiens"))
    guide = make_page(
        ResourcePage,
        "Guide pratique",
        author_organisation=OrganisationFactory(name="Ville de Lens"),
        external_url="https://lens.example.org/guide",
    )
    dossier = make_dossier(
        "La gestion urbaine de proximité",
        items=[guide, session],
        body=json.dumps(chapters),
        summary="Faire tenir au quotidien.",
    )
    dossier.page_people = [PagePerson(person=PersonFactory(), role="contact")]
    dossier.save_revision().publish()
    return DossierPage.objects.get(pk=dossier.pk)


def address(dossier):
    return f"/{dossier.locale.language_code}/dossiers/{dossier.pk}.pdf"


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@needs_weasyprint
def test_the_booklet_is_tagged_and_has_a_language_a_title_and_an_author(client):
    Site.objects.update(site_name="Le Relais")
    Site.clear_site_root_paths_cache()
    dossier = rich_dossier()
    response = client.get(address(dossier))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="la-gestion-urbaine-de-proximite.pdf"'
    reader = PdfReader(BytesIO(response.content))
    root = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "fr"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert reader.metadata.title == "La gestion urbaine de proximité"
    assert reader.metadata.author == "Le Relais"


@needs_weasyprint
def test_the_booklet_holds_every_chapter_item_source_and_contact(client):
    dossier = rich_dossier()
    text = words(PdfReader(BytesIO(client.get(address(dossier)).content)))
    contact = dossier.contacts[0]
    for expected in (
        "Faire tenir au quotidien.", "Installer la démarche", "Les six premiers mois", "1 514",
        "quartiers prioritaires",
        "Évaluer", "Trois indicateurs suffisent.", "Guide pratique", "Gouvernance", "Amiens", contact.label,
        "Agence de la cohésion", "https://example.org/atlas", "https://example.org/guide", "Photo de Léa",
    ):  # fmt: skip
        assert expected in text, expected


@needs_weasyprint
def test_the_booklet_prints_each_number_and_each_pair_of_quotation_marks_once_and_the_sign_of_a_verdict(client):
    proposals = stored_items({"title": "Le poste partagé", "text": ""}, {"title": "Le fonds commun", "text": ""})
    claims = stored_items(
        {"claim": "C’est cher.", "verdict": "myth", "answer": "<p>Non.</p>"},
        {"claim": "C’est long.", "verdict": "nuanced", "answer": "<p>Parfois.</p>"},
    )
    numbered = stored("proposals", {"title": "", "proposals": proposals})
    claimed = stored("myth_or_fact", {"title": "", "claims": claims})
    dossier = make_dossier(body=json.dumps([stored_chapter("Financer", numbered, claimed)]))
    text = words(PdfReader(BytesIO(client.get(address(dossier)).content)))
    assert re.search("1 ?Le poste partagé 2 ?Le fonds commun", text)
    assert "« C’est cher. »" in text.replace("\xa0", " ")
    assert "“" not in text
    assert "× INTOX" in text
    assert "= À NUANCER" in text


@needs_weasyprint
def test_the_booklet_names_the_author_of_a_resource_and_prints_the_address_where_they_published_it(client):
    dossier = rich_dossier()
    text = words(PdfReader(BytesIO(client.get(address(dossier)).content)))
    assert text.count("Ville de Lens") == 2
    assert text.count("https://lens.example.org/guide") == 2


def test_a_dossier_names_the_authors_of_what_it_gathers(client):
    html = client.get(rich_dossier().url).content.decode()
    assert '<span class="kind__more">Ville de Lens</span>' in html


@needs_weasyprint
def test_the_contents_page_gives_the_page_where_each_chapter_stands(client):
    reader = PdfReader(BytesIO(client.get(address(rich_dossier())).content))
    contents = " ".join(reader.pages[1].extract_text().split())
    bookmarks = {entry.title: reader.get_destination_page_number(entry) + 1 for entry in _flat(reader.outline)}
    for title in ("Installer la démarche", "Les six premiers mois", "Évaluer", "Sources"):
        number = contents.split(title, 1)[1].replace(".", " ").split()[0]
        assert int(number) == bookmarks[title]
        assert title in reader.pages[bookmarks[title] - 1].extract_text().replace("\n", " ")
    assert len(reader.pages) == max(bookmarks.values())
    assert f"3 / {len(reader.pages)}" in reader.pages[2].extract_text()


def _flat(outline):
    for entry in outline:
        yield from _flat(entry) if isinstance(entry, list) else [entry]


@needs_weasyprint
def test_an_english_booklet_is_in_english_and_says_what_is_in_french(client):
    english = translate_page(rich_dossier(), {"Évaluer": "Evaluating", "Installer la démarche": "Setting it up"})
    response = client.get(address(english))
    reader = PdfReader(BytesIO(response.content))
    text = words(reader)
    assert reader.trailer["/Root"]["/Lang"] == "en"
    for expected in ("Evaluating", "Setting it up", "Contents", "Next date", "(in French)", "consulted on"):
        assert expected in text
    assert "Sommaire" not in text


@needs_weasyprint
def test_pictures_of_the_portal_are_printed_and_others_are_not_fetched(tmp_path, monkeypatch, settings):
    asked = []
    monkeypatch.setattr("socket.socket.connect", lambda self, where: asked.append(where))
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    image = make_image().get_rendition("width-400|format-jpeg")
    default_storage.save("documents/secret.jpg", image.file)
    (tmp_path / "one.html").write_text(
        '<html lang="fr"><title>Essai</title><p>Texte'
        f'<img alt="ici" src="{image.url}"><img alt="ailleurs" src="http://example.org/loin.png">'
        '<img alt="fichier" src="file:///etc/hostname"><img alt="plus haut" src="/media/images/../../x.png">'
        '<img alt="document" src="/media/documents/secret.jpg">'
        '<img alt="par un détour" src="/media/images/%2e%2e/documents/secret.jpg"></p></html>'
    )
    reader = PdfReader(BytesIO(render_pdf("one.html", {}, RequestFactory().get("/"))))
    assert [picture.image.size for picture in reader.pages[0].images] == [(400, image.height)]
    for words_instead in ("ailleurs", "document", "par un détour"):
        assert words_instead in words(reader)
    assert asked == []


def test_the_address_of_a_dossier_that_is_not_public_answers_as_the_page_does(client):
    draft = make_page(DossierPage, "Brouillon", live=False)
    assert client.get(address(draft)).status_code == 404
    assert client.get("/fr/dossiers/999999.pdf").status_code == 404
    restricted = make_dossier("Réservé")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(address(restricted))
    assert response.status_code == 302
    assert "login" in response["Location"]
    restricted.view_restrictions.all().delete()
    PageViewRestriction.objects.create(page=restricted, restriction_type="password", password="sesame")
    response = client.get(address(restricted))
    assert b"%PDF" not in response.content
    assert b'type="password"' in response.content


@needs_weasyprint
def test_a_booklet_is_made_once_until_something_it_shows_changes(client, monkeypatch):
    dossier, made = rich_dossier(), []
    monkeypatch.setattr("resources.booklets.render_pdf", lambda *args: made.append(1) or b"%PDF")
    client.get(address(dossier))
    client.get(address(dossier))
    assert len(made) == 1
    guide = ResourcePage.objects.get(title="Guide pratique")
    guide.title = "Guide mis à jour"
    guide.save_revision().publish()
    client.get(address(dossier))
    assert len(made) == 2
    guide.unpublish()
    client.get(address(dossier))
    assert len(made) == 3
    dossier.save_revision().publish()
    client.get(address(dossier))
    assert len(made) == 4


def test_too_many_booklets_are_refused_politely(client, monkeypatch):
    dossier = make_dossier()
    monkeypatch.setattr(views, "BOOKLETS_PER_VISITOR", 0)
    response = client.get(address(dossier))
    assert response.status_code == 429
    assert "Réessayez dans dix minutes" in response.content.decode()


class Broken(MetaPathFinder):
    """WeasyPrint where a system library is missing: its import raises OSError."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.fixture
def without_libraries(monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])


@pytest.mark.usefixtures("without_libraries")
def test_without_the_libraries_the_download_says_how_to_print_instead(client):
    french = make_dossier()
    english = translate_page(french)
    with pytest.raises(PdfUnavailableError):
        render_pdf("pdf/dossier.html", {}, RequestFactory().get("/"))
    for dossier, advice in ((french, "Enregistrer au format PDF"), (english, "Save as PDF")):
        assert client.get(dossier.url).status_code == 200
        response = client.get(address(dossier))
        assert response.status_code == 503
        assert advice in response.content.decode()
        assert dossier.url in response.content.decode()


def test_the_page_links_to_its_booklet_with_its_format_and_size_once_it_is_known(client):
    dossier = make_dossier()
    link = address(dossier)
    html = client.get(dossier.url).content.decode()
    assert f'href="{link}" type="application/pdf"' in html
    assert '<span class="document__facts">PDF</span>' in html
    cache.set(f"{booklet_of(dossier).key}:size", 123_000, 60)
    assert "PDF, 120,1" in client.get(dossier.url).content.decode()


def test_a_dossier_without_revision_shows_no_link_to_a_booklet():
    template = Template("{% load resource_tags %}{% booklet_link page %}{% citation page %}")
    html = template.render(Context({"page": DossierPage(title="Essai"), "request": RequestFactory().get("/")}))
    assert not html.strip()


def test_a_booklet_of_ten_and_of_many_pages_costs_the_same_number_of_queries(client, monkeypatch):
    monkeypatch.setattr("resources.booklets.render_pdf", lambda *args: b"%PDF")
    dossier, counts = make_dossier(), []
    for size in (range(2), range(2, 12)):
        dossier.dossier_items.add(*(DossierItem(page=make_page(ResourcePage, f"Guide {number}")) for number in size))
        dossier.save_revision().publish()
        cache.clear()
        client.get(address(dossier))
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(dossier)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
