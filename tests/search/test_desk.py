"""The desk of the search in the admin: what it shows, what it mends, and to whom."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, ModelLogEntry

from home.roles import CO_ORGANISER, EDITOR, PUBLISHER, TRAINING_OFFICER
from search import sync
from search.desk.stems import stem_of
from search.desk.trying import tried
from search.entries import EntryData, Source
from search.models import AskedQuery, FailedQuery, Promotion, Term
from tests.roles import ADMINISTRATOR, sign_in_as
from tests.search.conftest import find_results, publish_entry
from tests.search.files import pdf, store

pytestmark = pytest.mark.django_db
SCREENS = ("searches", "export", "failed")


def asked(shown, stem="", count=5, language="fr", **values):
    month = values.pop("month", timezone.localdate().replace(day=1))
    values = {"stem": stem or shown, "days": min(count, 3), **values}
    return AskedQuery.objects.create(month=month, language=language, form=shown, shown=shown, count=count, **values)


def at(name, *arguments, **query):
    return reverse(f"search_desk:{name}", args=arguments, query=query)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        *((None, False), (EDITOR, True), (PUBLISHER, True), (TRAINING_OFFICER, False), (CO_ORGANISER, False)),
        (ADMINISTRATOR, True),
    ],
)
def test_the_team_that_writes_opens_the_desk_and_nobody_else(client, role, opens):
    asked("covoiturage")
    sign_in_as(client, role)
    for name in SCREENS:
        assert (client.get(at(name)).status_code == 200) is opens, name
    changes_documents = opens or role == TRAINING_OFFICER
    assert (client.get(at("documents")).status_code == 200) is changes_documents
    assert (at("documents") in text(client.get(reverse("wagtailadmin_home")))) is changes_documents


def test_an_empty_desk_says_what_it_will_show(client):
    sign_in_as(client, EDITOR, "fr")
    assert "Rien n’a encore été cherché" in text(client.get(at("searches")))
    assert "Rien n’attend" in text(client.get(at("failed")))
    assert "Aucun contenu n’est demandé" in text(client.get(at("failed", tab="wanted")))
    assert "La recherche a lu le texte" in text(client.get(at("documents")))
    assert client.get(at("export")).status_code == 404


def test_the_searches_of_a_month_are_gathered_by_question_and_what_was_asked_on_one_day_is_hidden(client):
    asked("jardins partagés", "jardin partag", 4, failed=1)
    asked("jardin partagé", "jardin partag", 2, failed=2)
    asked("jardins du secret", "jardin partag", 9, days=1)
    asked("secret de quelqu’un", "quelqu secret", 1, failed=1)
    asked("l’an dernier", month=date(2020, 3, 1))
    asked("shared gardens", language="en")
    sign_in_as(client, EDITOR, "en")
    response = client.get(at("searches"))
    [row] = response.context["rows"]
    assert (row.shown, row.forms, row.count, row.share) == (
        "jardins partagés",
        ["jardins partagés", "jardin partagé"],
        6,
        50,
    )
    assert response.context["total"].count == 16
    assert "secret" not in text(response)
    assert "l’an dernier" in text(client.get(at("searches", month="2020-03")))
    assert "shared gardens" in text(client.get(at("searches", language="en")))
    for odd in ({"language": "xx"}, {"month": "9999-99"}, {"month": "\x00"}, {"language": "\x00"}):
        assert client.get(at("searches", **odd)).status_code == 200


def test_the_export_holds_no_formula_and_nothing_asked_on_one_day(client):
    asked('=HYPERLINK("http://x")', "hyperlink", 3)
    asked("seul", count=7, days=1)
    sign_in_as(client, EDITOR, "fr")
    content = client.get(at("export")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert len(rows) == 2
    assert not rows[1][0].startswith("=")
    assert rows[1][2] == "3"


def test_the_desk_groups_what_fails_with_what_it_finds_now_and_proposes(client):
    publish_entry("Le covoiturage au quotidien")
    asked("covoiturages", "covoiturag", 4, failed=4)
    asked("licornes", "licorn", 9, failed=9)
    asked("trouvé", count=9)
    asked("autrefois", failed=9, month=date(2020, 3, 1))
    sign_in_as(client, PUBLISHER, "en")
    page = client.get(at("failed")).context["page_of_rows"].object_list
    assert [(row.shown, now.finds) for row, now in page] == [("licornes", 0), ("covoiturages", 1)]


def test_the_glossary_counts_for_nothing_in_what_a_search_finds_at_the_desk(client):
    publish_entry("Licornes – animaux", kind="term")
    publish_entry("Les licornes et la ville")
    found = tried("licornes", "fr")
    assert (found.finds, found.titles) == (1, ["Les licornes et la ville"])


def test_who_may_delete_no_term_is_refused_the_page_that_deletes_several(client):
    term = Term.objects.create(form_fr="QPV")
    address = reverse("wagtail_bulk_action", args=["search", "term", "delete"], query={"id": term.pk})
    assert sign_in_as(Client(), PUBLISHER).get(address).status_code == 200
    for role in (EDITOR, TRAINING_OFFICER):
        refused = sign_in_as(Client(), role)
        assert refused.get(address).status_code == refused.post(address).status_code == 302
    assert Term.objects.exists()


def mend(client, word, q="licornes", **data):
    return client.post(at("remedy", word), {"q": q, "language": "fr", **data}, follow=True)


def test_a_synonym_added_at_the_desk_finds_at_once(client):
    publish_entry("Les chevaux à corne")
    term = Term.objects.create(form_fr="cheval à corne", kind="synonym")
    asked("licornes", "licorn", failed=5)
    sign_in_as(client, PUBLISHER, "en")
    response = mend(client, "synonym", term=str(term.pk))
    term.refresh_from_db()
    assert term.synonyms_fr == "licornes"
    assert response.context["after"].titles == ["Les chevaux à corne"]
    assert ModelLogEntry.objects.filter(object_id=str(term.pk), action="wagtail.edit").exists()
    assert "has this form already" in text(mend(client, "synonym", term=str(term.pk)))
    for wrong in ("", "0", "x", "99999999999999999999999999"):
        assert "Choose the term" in text(mend(client, "synonym", term=wrong))
    term.refresh_from_db()
    assert term.synonyms_fr == "licornes"


def test_every_spelling_of_a_search_becomes_a_synonym_at_once(client):
    publish_entry("Une voiture pour plusieurs")
    term = Term.objects.create(form_fr="voiture pour plusieurs", kind="synonym")
    for spelling in ("covoiturage", "co-voiturage", "co voiturage"):
        asked(spelling, stem_of(spelling, "fr"), failed=5)
    sign_in_as(client, PUBLISHER, "en")
    mend(client, "synonym", q="covoiturage", term=str(term.pk))
    for spelling in ("covoiturage", "co-voiturage", "co voiturage", "covoiturages"):
        assert [hit.entry.title for hit in find_results(spelling).hits] == ["Une voiture pour plusieurs"], spelling


def test_content_is_requested_then_done_and_a_search_is_set_aside_then_taken_up_again(client):
    asked("licornes", "licorn", failed=5)
    sign_in_as(client, EDITOR, "en")
    mend(client, "request", note="Une fiche ?")
    wanted = FailedQuery.objects.get()
    assert (wanted.stem, wanted.decision, wanted.note) == ("licorn", "wanted", "Une fiche ?")
    assert wanted.decided_by.username == EDITOR
    assert "licornes" not in [row.shown for row, _now in client.get(at("failed")).context["page_of_rows"].object_list]
    assert "Une fiche ?" in text(client.get(at("failed", tab="wanted")))
    mend(client, "done")
    assert FailedQuery.objects.get().decision == "done"
    assert FailedQuery.objects.get().note == "Une fiche ?"
    mend(client, "again")
    assert not FailedQuery.objects.exists()
    mend(client, "set-aside")
    assert "licornes" in text(client.get(at("failed", tab="dismissed")))


def test_nothing_happens_by_an_address_a_forged_form_or_without_the_permission(client):
    term = Term.objects.create(form_fr="cheval à corne")
    asked("licornes", "licorn", failed=5)
    sign_in_as(client, EDITOR, "en")
    assert client.get(at("remedy", "request"), {"q": "licornes"}).status_code == 405
    assert client.post(at("remedy", "else"), {"q": "licornes"}).status_code == 404
    assert mend(client, "synonym", term=str(term.pk)).redirect_chain[0][0] == reverse("wagtailadmin_home")
    for q in ("", "\x00", "jamais demandé", "x" * 5000):
        assert "Nobody has asked this" in text(mend(client, "request", q=q))
    strict = sign_in_as(Client(enforce_csrf_checks=True), PUBLISHER, "en")
    assert strict.post(at("remedy", "request"), {"q": "licornes", "language": "fr"}).status_code == 403
    term.refresh_from_db()
    assert not term.synonyms_fr
    assert not FailedQuery.objects.exists()


def test_the_desk_offers_each_role_what_it_may_do(client):
    Term.objects.create(form_fr="cheval à corne")
    asked("licornes", "licorn", failed=5)
    offers = {
        PUBLISHER: (at("remedy", "synonym"), "term/add/?", "promotion/add/?", at("remedy", "request")),
        EDITOR: (at("remedy", "request"),),
    }
    for role, expected in offers.items():
        html = text(sign_in_as(Client(), role, "en").get(at("failed")))
        assert [offer for offer in offers[PUBLISHER] if offer in html] == list(expected)


def test_a_term_and_a_promotion_come_with_the_search_and_lead_back_to_it(client):
    publish_entry("Les chevaux à corne", language="en")
    asked("licornes", "licorn", failed=5, language="en")
    sign_in_as(client, PUBLISHER, "en")
    html = text(client.get(at("failed", language="en")))
    links = [part.split('"')[0].replace("&amp;", "&") for part in html.split('href="') if "/add/?" in part]
    assert len(links) == 2
    forms = [client.get(link) for link in links]
    assert forms[0].context["form"].instance.form_en == "licornes"
    assert forms[1].context["form"].instance.queries == "licornes"
    saved = client.post(
        links[1],
        {
            "language": "en",
            "active": "on",
            "order": "1",
            "queries": "licornes",
            "title": "See",
            "external_url": "https://example.org/",
        },
    )
    assert saved.url == at("failed", language="en", tried="licornes")
    assert client.get(saved.url).context["after"].recommended == ["See"]
    assert Promotion.objects.get().language == "en"


def test_a_term_is_tried_on_past_searches_before_it_is_saved(client):
    publish_entry("Les chevaux à corne")
    asked("licornes", "licorn", 7, failed=7)
    asked("maisons", "maison", 7)
    asked("une fois", "foi", 1)
    term = Term.objects.create(form_fr="dragon")
    sign_in_as(client, PUBLISHER, "en")
    draft = {"kind": "synonym", "direction": "both", "active": "on", "form_fr": "cheval à corne"}
    draft["synonyms_fr"] = "licornes"
    for address in (at("try_term"), at("try_term", term=term.pk)):
        response = client.post(address, draft)
        french, english = response.context["previews"]
        [changed] = french.changed
        assert (changed.count, changed.before.finds, changed.after.finds) == (7, 0, 1)
        assert changed.after.titles == ["Les chevaux à corne"]
        assert (french.read, english.read) == (2, 0)
    assert "would be read otherwise" in text(response)
    assert list(Term.objects.values_list("form_fr", "synonyms_fr")) == [("dragon", "")]


def test_a_term_that_cannot_be_tried_says_why(client):
    sign_in_as(client, PUBLISHER, "en")
    response = client.post(at("try_term", term="x"), {"kind": "odd"})
    assert response.status_code == 422
    assert "The term cannot be tried yet" in text(response)
    assert client.get(at("try_term")).status_code == 405
    assert at("try_term") in text(client.get(reverse("wagtailsnippets_search_term:add")))
    editor = sign_in_as(Client(), EDITOR, "en")
    assert editor.post(at("try_term"), {"form_fr": "x"}).status_code == 302


def test_documents_without_text_are_shown_with_the_reason_to_who_may_change_them(client):
    elsewhere = Collection.get_first_root_node().add_child(name="Ailleurs")
    files = [("Le scan", "no_text", None), ("Verrouillé", "encrypted", None), ("Lu", "", None)]
    files.append(("Loin", "broken", elsewhere))
    for title, problem, collection in files:
        document = store(title, "fichier.pdf", pdf(["texte"]), collection)
        sync.write(
            Source("wagtaildocs.document", str(document.pk)),
            [
                EntryData(
                    Source("wagtaildocs.document", str(document.pk)),
                    "document",
                    "fr",
                    document.url,
                    title,
                    facts={"problem": problem},
                )
            ],
        )
    sign_in_as(client, EDITOR, "fr")
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.filter(group__name=EDITOR, collection=root).update(collection=elsewhere)
    assert [row.document.title for row in client.get(at("documents")).context["page_of_rows"]] == ["Loin"]
    GroupCollectionPermission.objects.filter(group__name=EDITOR).update(collection=root)
    response = client.get(at("documents"))
    assert [row.document.title for row in response.context["page_of_rows"]] == ["Le scan", "Verrouillé", "Loin"]
    assert "faites reconnaître son texte (OCR)" in text(response)
    assert reverse("wagtaildocs:edit", args=[response.context["page_of_rows"][0].document.pk]) in text(response)
