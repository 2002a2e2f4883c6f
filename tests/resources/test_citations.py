"""How a dossier, a resource or a case study is cited."""

import datetime
import re

import pytest
import time_machine
from django.utils.html import strip_tags
from wagtail.models import PageViewRestriction, Site

from home.models import CentreSettings
from home.services import create_skeleton
from resources.citations import Citation, bibtex, ris
from resources.models import CaseStudyPage, ResourcePage
from tests.factories.directory import OrganisationFactory
from tests.factories.dossiers import make_dossier
from tests.factories.pages import make_page, translate_page

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _named_centre(db):
    create_skeleton()
    centre = CentreSettings.for_site(Site.objects.get())
    centre.name = "Le Relais"
    centre.save()


def sentence(client, page):
    html = client.get(page.url).content.decode()
    found = re.search(r'id="citation">(.*?)</p>', html, re.DOTALL)
    return " ".join(strip_tags(found[1]).split()) if found else ""


def test_a_dossier_is_cited_in_one_sentence(client):
    with time_machine.travel(NOON, tick=False):
        dossier = make_dossier("La proximité", slug="proximite", brought_up_to_date_on=datetime.date(2026, 11, 4))
        assert sentence(client, dossier) == (
            f"Le Relais (2026), La proximité, mis à jour le 4 novembre 2026, {dossier.full_url} "
            "(consulté le 22 novembre 2026)."
        )
        english = translate_page(dossier, {"La proximité": "Close by"})
        assert sentence(client, english) == (
            f"Le Relais (2026), Close by, updated on 4 November 2026, {english.full_url} "
            "(consulted on 22 November 2026)."
        )


def test_an_outside_resource_is_cited_as_its_author_published_it_and_not_as_a_page_of_the_centre(client):
    page = make_page(
        ResourcePage,
        "Guide",
        author_organisation=OrganisationFactory(name="Ville de Nantes"),
        published_on=datetime.date(2019, 3, 1),
        external_url="https://nantes.example.org/guide",
        brought_up_to_date_on=datetime.date(2026, 11, 4),
    )
    with time_machine.travel(NOON, tick=False):
        assert sentence(client, page) == (
            "Ville de Nantes (2019), Guide, https://nantes.example.org/guide (consulté le 22 novembre 2026)."
        )
    assert "Citer cette ressource" in client.get(page.url).content.decode()
    files = [client.get(f"/fr/citations/{page.pk}.{extension}").content.decode() for extension in ("bib", "ris")]
    for name in ("2019-03-01", "publisher = {Ville de Nantes}", "url = {https://nantes.example.org/guide}"):
        assert name in files[0]
    for line in ("AU  - Ville de Nantes", "PB  - Ville de Nantes", "DA  - 2019/03/01"):
        assert line in files[1]
    assert all("Le Relais" not in text and page.full_url not in text and "2026/11/04" not in text for text in files)


def test_a_file_that_the_centre_keeps_is_cited_by_its_author_where_it_is_found_without_a_date_nobody_gave(client):
    page = make_page(ResourcePage, "Guide", author_organisation=OrganisationFactory(name="Ville de Nantes"))
    ResourcePage.objects.update(external_url="")
    assert sentence(client, page).startswith(f"Ville de Nantes (s. d.), Guide, {page.full_url} (consulté")
    text = client.get(f"/fr/citations/{page.pk}.bib").content.decode()
    assert text.startswith("@online{guide-nd,")
    assert "year" not in text


def test_a_resource_without_author_is_cited_as_a_page_of_the_centre(client):
    page = make_page(ResourcePage, "Guide", external_url="https://example.org/guide")
    cited = sentence(client, page)
    assert cited.startswith("Le Relais (")
    assert page.full_url in cited
    assert "example.org/guide" not in cited


def test_a_work_keeps_the_title_that_it_has_in_its_own_language(client):
    author = OrganisationFactory(name="Ville de Nantes")
    page = make_page(ResourcePage, "Guide", author_organisation=author, external_url="https://example.org/guide")
    english = translate_page(page, {"Guide": "A handbook"})
    assert sentence(client, english).startswith("Ville de Nantes (n.d.), Guide, https://example.org/guide")
    html = client.get(english.url).content.decode()
    assert '<cite lang="fr">Guide</cite>' in html


def test_a_case_study_has_its_citation_and_its_files(client):
    page = make_page(CaseStudyPage, "Les marches de Nantes")
    assert sentence(client, page).startswith("Le Relais (")
    for extension, kind, start in (("bib", "bibtex", "@online{"), ("ris", "research-info-systems", "TY  - ELEC\r\n")):
        response = client.get(f"/fr/citations/{page.pk}.{extension}")
        assert kind in response["Content-Type"]
        assert response["Content-Disposition"] == f'attachment; filename="les-marches-de-nantes.{extension}"'
        assert response.content.decode().startswith(start)
        assert page.full_url in response.content.decode()


def test_what_is_not_public_or_not_to_be_cited_has_no_file(client):
    restricted = make_page(CaseStudyPage, "Réservé")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    home = create_skeleton()["home"]
    draft = make_page(CaseStudyPage, "Brouillon", live=False)
    public = make_page(CaseStudyPage, "Publique")
    for pk, extension in ((restricted.pk, "bib"), (home.pk, "bib"), (draft.pk, "ris"), (public.pk, "exe"), (0, "bib")):
        assert client.get(f"/fr/citations/{pk}.{extension}").status_code == 404


def test_a_title_cannot_break_out_of_its_field():
    day = datetime.date(2026, 11, 4)
    title = "Coût\u00a0}, url = {x} & 50 %\r\nER  - "
    citation = Citation("cle", "A & B", title, "Centre", 2026, day, "https://example.org/a_b", "fr", day)
    assert "title = {{Coût\u00a0, url = x \\& 50 \\% ER -}}," in bibtex(citation)
    assert "author = {{A \\& B}}," in bibtex(citation)
    assert [line[:2] for line in ris(citation).splitlines()].count("ER") == 1
    assert ris(citation).splitlines()[2] == "TI  - Coût\u00a0}, url = {x} & 50 % ER -"
