"""What the team recommends above the results: when, to whom, and never what is not public."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import PageViewRestriction

from resources.models import ResourcePage
from search.desk.promotions import recommended, state
from search.models import Promotion
from tests.factories.pages import make_page, make_session
from tests.search.conftest import publish_entry

pytestmark = pytest.mark.django_db


def promote(title="Notre guide", queries="gestion urbaine de proximité\nGUP", **fields):
    if not {"page", "document"} & fields.keys():
        fields.setdefault("external_url", "https://example.org/guide")
    promotion = Promotion(title=title, queries=queries, **fields)
    promotion.full_clean()
    promotion.save()
    return promotion


def titles(text, language="fr"):
    return [row.title for row in recommended(text, language)]


def test_it_answers_its_searches_in_any_form_and_order_and_no_other():
    promote()
    for text in ("gestion urbaine de proximité", "Gestions urbaines de proximite", "proximité, gestion urbaine", "gup"):
        assert titles(text) == ["Notre guide"]
    for text in ("gestion urbaine", "gestion urbaine de proximité Lille", "", "de la", "\x00"):
        assert titles(text) == []
    assert titles("GUP", "en") == []


def test_it_is_shown_from_its_first_day_to_its_last_while_it_is_active():
    today = timezone.localdate()
    day = timedelta(days=1)
    promote("Hier", ends_on=today - day)
    promote("Demain", starts_on=today + day)
    promote("Éteint", active=False)
    promote("Second", starts_on=today, order=2)
    promote("Premier", ends_on=today, order=1)
    assert titles("GUP") == ["Premier", "Second"]


def test_what_visitors_may_not_read_disappears_at_once():
    page = make_page(ResourcePage, "Guide")
    session = make_session("Gouvernance")
    promote("Page", page=page)
    promote("Séance", page=session)
    assert titles("GUP") == ["Page", "Séance"]
    PageViewRestriction.objects.create(page=session.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert titles("GUP") == ["Page"]
    page.unpublish()
    assert titles("GUP") == []


def test_a_document_is_recommended_while_the_search_has_it():
    document = Document.objects.create(title="Fiche", file="fiche.pdf")
    promote("Fiche", document=document)
    assert titles("GUP") == []
    entry = publish_entry("Fiche", kind="document")
    type(entry).objects.update(source_model="wagtaildocs.document", source_key=str(document.pk))
    assert titles("GUP") == ["Fiche"]


def test_however_many_there_are_they_cost_one_query():
    counts = []
    for size in (2, 8):
        for number in range(size):
            promote(f"{size} {number}", page=make_page(ResourcePage, f"Guide {size} {number}"))
        recommended("GUP", "fr")
        with CaptureQueriesContext(connection) as queries:
            assert recommended("GUP", "fr")
        counts.append(len(queries))
    assert counts == [1, 1]


def test_the_page_of_results_tells_what_is_recommended_and_shows_nothing_twice(client):
    promote("<b>Guide</b>", text="L’essentiel & plus")
    html = client.get("/fr/recherche/", {"q": "gup"}).content.decode()
    section = html.split('aria-labelledby="search-recommended"')[1].split("</section>")[0]
    assert "Recommandé" in section
    assert "&lt;b&gt;Guide&lt;/b&gt;" in section
    assert "L’essentiel &amp; plus" in section
    for address in ("/fr/recherche/?q=gup&kind=dossier", "/fr/recherche/?q=gup&page=2", "/en/search/?q=gup"):
        assert "search-recommended" not in client.get(address).content.decode()
    Promotion.objects.update(external_url="/fr/ici/")
    publish_entry("La GUP", url="/fr/ici/")
    assert "search-recommended" not in client.get("/fr/recherche/", {"q": "gup"}).content.decode()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"external_url": ""}, "page"),
        ({"external_url": "javascript:alert(1)"}, "external_url"),
        ({"queries": " \n«»\n"}, "queries"),
        ({"starts_on": timezone.localdate(), "ends_on": timezone.localdate() - timedelta(days=1)}, "ends_on"),
    ],
)
def test_what_cannot_be_recommended_is_refused(fields, wrong):
    with pytest.raises(ValidationError) as refused:
        promote(**fields)
    assert set(refused.value.message_dict) == {wrong}


def test_it_leads_to_one_place():
    with pytest.raises(ValidationError) as refused:
        promote(page=make_page(ResourcePage, "Guide"), external_url="https://example.org/")
    assert set(refused.value.message_dict) == {"external_url"}


def test_small_words_alone_and_days_the_wrong_way_round_are_refused_in_their_own_words():
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="que des petits mots"):
        promote(queries="GUP\nde la")
    with pytest.raises(ValidationError, match="Le dernier jour vient avant le premier"):
        promote(starts_on=today, ends_on=today - timedelta(days=1))


def test_a_hyphen_makes_no_other_search_of_it():
    promote(queries="co-voiturage")
    assert titles("covoiturage") == titles("co-voiturage") == titles("co voiturage") == ["Notre guide"]


def test_the_list_tells_what_visitors_do_not_see():
    page = make_page(ResourcePage, "Guide")
    hidden = promote("Page", page=page)
    assert state(hidden) == "Oui"
    page.unpublish()
    assert "pas public" in state(Promotion.objects.get(pk=hidden.pk))
    assert state(promote("Éteint", active=False)).startswith("Non")
    others = [promote(f"Adresse {number}") for number in range(4)]
    assert state(others[0]).startswith("4 répondent")
