"""Dossiers: chapters, what they gather, in both languages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from cycles.models import SessionPage, TrainingCyclePage
from directory.models import PagePerson
from events.enums import OccurrenceStatus
from events.models import EventPage
from resources.models import CaseStudyPage, DossierItem, ResourcePage
from resources.querysets import gathered
from tests.factories.directory import PersonFactory, VenueFactory
from tests.factories.dossiers import make_dossier
from tests.factories.events import in_days, make_occurrence
from tests.factories.pages import make_page, make_report, make_session, translate_page

pytestmark = pytest.mark.django_db


def titles(dossier):
    return {group.anchor: [item.page.title for item in group.items] for group in gathered(dossier)}


def test_a_dossier_shows_its_introduction_then_its_chapters_in_order(client):
    dossier = make_dossier()
    html = client.get(dossier.url).content.decode()
    assert (
        html.index("Faire tenir au quotidien.") < html.index("Marcher, puis trier.") < html.index("Trois indicateurs")
    )
    assert '<h2 id="installer-la-demarche">Installer la démarche</h2>' in html
    assert '<h2 id="evaluer">Évaluer</h2>' in html


def test_the_contents_list_has_the_chapters_and_the_headings_inside():
    assert make_dossier().contents == [
        ("Installer la démarche", "installer-la-demarche", [("Les six premiers mois", "les-six-premiers-mois")]),
        ("Évaluer", "evaluer", []),
    ]


def test_every_link_of_the_contents_list_leads_somewhere(client):
    dossier = make_dossier(items=[make_page(ResourcePage, "Guide")])
    dossier.page_people = [PagePerson(person=PersonFactory(), role="contact")]
    dossier.save_revision().publish()
    html = client.get(dossier.url).content.decode()
    contents = html.split('class="contents"')[1].split("</nav>")[0]
    anchors = [part.split('"')[0] for part in contents.split('href="#')[1:]]
    assert anchors == [
        "installer-la-demarche", "les-six-premiers-mois", "evaluer", "gathered", "resources", "contacts",
    ]  # fmt: skip
    for anchor in anchors:
        assert html.count(f'id="{anchor}"') == 1


def test_the_pages_gathered_stand_by_kind_in_the_editors_order():
    session, report = make_session("Gouvernance"), make_report("Ce que la journée a laissé")
    cycle = session.get_parent().specific
    guide, sheet = make_page(ResourcePage, "Guide"), make_page(CaseStudyPage, "Fiche")
    event, tool = make_page(EventPage, "Visite"), make_page(ResourcePage, "Grille")
    dossier = make_dossier(items=[tool, event, session, report, sheet, cycle, guide])
    assert titles(dossier) == {
        "resources": ["Grille", "Guide"],
        "case-studies": ["Fiche"],
        "training": ["Gouvernance", "Cycle Gouvernance"],
        "events": ["Visite"],
        "reports": ["Ce que la journée a laissé"],
    }


def test_a_page_that_visitors_may_not_read_is_never_shown(client):
    draft = make_page(ResourcePage, "Brouillon", live=False)
    restricted = make_page(ResourcePage, "Réservé")
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    taken_down = make_page(CaseStudyPage, "Retirée")
    dossier = make_dossier(items=[draft, restricted, taken_down, make_page(ResourcePage, "Guide")])
    taken_down.unpublish()
    assert titles(dossier) == {"resources": ["Guide"]}
    html = client.get(dossier.url).content.decode()
    assert not {word for word in ("Brouillon", "Réservé", "Retirée") if word in html}


def test_an_english_dossier_shows_english_versions_and_says_which_pages_are_in_french(client):
    guide, sheet = make_page(ResourcePage, "Guide"), make_page(CaseStudyPage, "Fiche des villes")
    dossier = make_dossier(items=[guide, sheet])
    for page in (dossier.get_parent(), guide):
        if not page.get_translations().exists():
            translate_page(page, {"Guide": "Handbook"})
    english = translate_page(dossier)
    assert titles(english) == {"resources": ["Handbook"], "case-studies": ["Fiche des villes"]}
    html = client.get(english.url).content.decode()
    assert "Handbook" in html
    line = next(line for line in html.splitlines() if "Fiche des villes</a>" in line)
    assert 'lang="fr" hreflang="fr"' in line
    assert "(in French)" in line


def test_a_page_chosen_in_english_is_shown_in_french_to_french_readers():
    guide = make_page(ResourcePage, "Guide")
    english = translate_page(guide, {"Guide": "Handbook"})
    assert titles(make_dossier(items=[english])) == {"resources": ["Guide"]}


def test_a_cycle_a_session_and_an_event_show_their_next_date(client):
    session = make_session("Gouvernance")
    event = make_page(EventPage, "Visite de quartier")
    make_occurrence(session, days=-10)
    make_occurrence(session, days=12, status=OccurrenceStatus.CANCELLED)
    make_occurrence(session, days=20, venue=VenueFactory(town="Amiens"))
    make_occurrence(event, days=40, status=OccurrenceStatus.TENTATIVE)
    dossier = make_dossier(items=[session.get_parent(), session, event, make_page(ResourcePage, "Guide")])
    dates = {
        item.page.title: item.next_date and item.next_date.day for group in gathered(dossier) for item in group.items
    }
    assert dates == {
        "Cycle Gouvernance": in_days(20),
        "Gouvernance": in_days(20),
        "Visite de quartier": in_days(40),
        "Guide": None,
    }
    html = client.get(dossier.url).content.decode()
    assert "Prochaine date" in html
    assert "Amiens" in html
    assert "à confirmer" in html


def test_a_dossier_of_ten_and_of_fifty_pages_cost_the_same_number_of_queries(client):
    dossier = make_dossier()
    cycle = make_page(TrainingCyclePage, "Cycle")
    counts = []
    for size in (range(2), range(2, 12)):
        for number in size:
            session = make_page(SessionPage, f"Séance {number}", cycle)
            make_occurrence(session, days=20 + number, venue=VenueFactory())
            added = [make_page(kind, f"{kind.__name__} {number}") for kind in (ResourcePage, CaseStudyPage, EventPage)]
            dossier.dossier_items.add(*(DossierItem(page=page) for page in (*added, session)))
        dossier.save_revision().publish()
        client.get(dossier.url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(dossier.url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], [query["sql"][:150] for query in queries.captured_queries]


def test_the_note_of_a_page_is_shown_in_the_readers_language():
    row = DossierItem(label_fr="À lire d’abord", label_en="")
    assert row.label == "À lire d’abord"
    row.label_en = "Read this first"
    with override("en"):
        assert row.label == "Read this first"


def test_the_translation_of_a_dossier_keeps_chapters_anchors_and_rows():
    dossier = make_dossier(items=[make_page(ResourcePage, "Guide")])
    english = translate_page(dossier, {"Installer la démarche": "Setting it up"})
    assert [entry[0] for entry in english.contents] == ["Setting it up", "ÉVALUER"]
    assert english.contents[1][1] == "evaluer"
    assert [row.page_id for row in english.dossier_items.all()] == [row.page_id for row in dossier.dossier_items.all()]
    dossier.dossier_items.add(DossierItem(page=make_page(CaseStudyPage, "Fiche")))
    dossier.save_revision().publish()
    translate_page(dossier)
    assert english.dossier_items.count() == 2
