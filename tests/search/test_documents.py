"""Documents: their text, their page, their privacy."""

import json

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from events.jobs import find_what_was_held
from events.models import EventPage, Occurrence
from search.documents import extract, extraction
from search.models import SearchEntry
from tests.factories.events import in_days, make_occurrence
from tests.factories.pages import make_page
from tests.factories.streams import stored, stored_items
from tests.search.conftest import find_results
from tests.search.files import archive, docx, odt, pdf, store
from tests.search.pages import dossier, found, resource

TWO_PAGES = [
    "Cahier de la gestion urbaine\nLe mot de la présidente, pour les habitants et avec eux",
    "La collecte des encombrants dans les quartiers\net l’évalua-\ntion du dispositif",
]


def entry(document: Document) -> SearchEntry | None:
    return SearchEntry.objects.filter(source_model="wagtaildocs.document", source_key=str(document.pk)).first()


def test_the_text_of_a_pdf_is_found_with_its_page(sections: dict[str, Page], client: Client) -> None:
    document = store("Cahier", "cahier.pdf", pdf(TWO_PAGES))

    results = find_results("encombrants")
    assert [hit.entry.title for hit in results.hits] == ["Cahier"]
    assert results.hits[0].page_number == 2
    assert results.hits[0].url == f"{document.url}#page=2"
    assert "encombrants" in "".join(fragment.text for fragment in results.hits[0].excerpt if fragment.marked)
    page = client.get(reverse("search:results"), {"q": "encombrant"})
    assert "PDF" in page.content.decode()


def test_words_cut_at_the_end_of_a_line_are_found_whole(sections: dict[str, Page]) -> None:
    store("Cahier", "cahier.pdf", pdf(TWO_PAGES))

    assert found("évaluation dispositif") == ["Cahier"]


def test_a_document_names_the_page_that_carries_it(sections: dict[str, Page]) -> None:
    document = store("Cahier", "cahier.pdf", pdf(TWO_PAGES))
    assert entry(document).carrier_url == ""  # type: ignore[union-attr]

    page = resource(sections["resources"], "Un guide utile", file=document)
    known = entry(document)
    assert known is not None
    assert (known.carrier_title, known.carrier_url) == ("Un guide utile", page.get_url_parts()[2])

    page.title = "Un guide renommé"
    page.save_revision().publish()
    assert entry(document).carrier_title == "Un guide renommé"  # type: ignore[union-attr]

    other = store("Autre", "autre.pdf", pdf(["Autre fichier"]))
    page.file = other
    page.save_revision().publish()
    assert entry(document).carrier_url == ""  # type: ignore[union-attr]
    assert entry(other).carrier_title == "Un guide renommé"  # type: ignore[union-attr]


def test_a_document_linked_in_a_text_names_its_page(sections: dict[str, Page]) -> None:
    document = store("Cahier", "cahier.pdf", pdf(TWO_PAGES))
    text = f'<p>Voir <a linktype="document" id="{document.pk}">le cahier</a>.</p>'
    dossier(sections["resources"], introduction=text)

    assert entry(document).carrier_title == "Gestion urbaine de proximité"  # type: ignore[union-attr]


def test_the_document_of_a_draft_or_of_a_restricted_page_is_not_found(sections: dict[str, Page]) -> None:
    document = store("Cahier", "cahier.pdf", pdf(TWO_PAGES))
    page = resource(sections["resources"], file=document, live=False)
    assert found("encombrants") == []

    page.save_revision().publish()
    assert found("encombrants") == ["Cahier"]
    restriction = PageViewRestriction.objects.create(page=sections["resources"], restriction_type="login")
    assert found("encombrants") == []
    restriction.delete()
    assert found("encombrants") == ["Cahier"]


def test_the_document_of_a_report_prepared_before_the_day_is_not_found_until_then(sections: dict[str, Page]) -> None:
    document = store("Cahier", "cahier.pdf", pdf(TWO_PAGES))
    item = {"label": "Bilan", "document": document.pk, "page": None, "url": "", "language": "fr"}
    body = json.dumps([stored("links", {"title": "", "items": stored_items(item)})])
    event = make_page(EventPage, "Journée", report=body)
    occurrence = make_occurrence(event, days=10)
    assert found("encombrants") == []

    Occurrence.objects.filter(pk=occurrence.pk).update(day=in_days(-1))
    find_what_was_held()
    assert found("encombrants") == ["Cahier"]


def test_the_carrier_shown_is_a_public_page(sections: dict[str, Page]) -> None:
    document = store("Cahier", "cahier.pdf", pdf(TWO_PAGES))
    resource(sections["resources"], "Brouillon secret", file=document, live=False)
    resource(sections["resources"], "Page publique", file=document)

    assert entry(document).carrier_title == "Page publique"  # type: ignore[union-attr]


def test_a_document_deleted_leaves(sections: dict[str, Page]) -> None:
    store("Cahier", "cahier.pdf", pdf(TWO_PAGES)).delete()

    assert found("encombrants") == []


def test_a_restriction_on_a_collection_hides_the_documents_below(sections: dict[str, Page]) -> None:
    parent = Collection.get_first_root_node().add_child(name="Interne")
    child = parent.add_child(name="Séances")
    document = store("Cahier", "cahier.pdf", pdf(TWO_PAGES), child)
    assert found("encombrants") == ["Cahier"]

    restriction = CollectionViewRestriction.objects.create(collection=parent, restriction_type="login")
    assert found("encombrants") == []
    restriction.delete()
    assert found("encombrants") == ["Cahier"]

    CollectionViewRestriction.objects.create(collection=parent, restriction_type="password", password="x")
    document.refresh_from_db()
    document.collection = Collection.get_first_root_node()
    document.save()
    assert found("encombrants") == ["Cahier"]
    document.collection = child
    document.save()
    assert found("encombrants") == []


def test_a_document_stored_in_a_restricted_collection_never_enters(sections: dict[str, Page]) -> None:
    private = Collection.get_first_root_node().add_child(name="Interne")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    document = store("Cahier", "cahier.pdf", pdf(TWO_PAGES), private)
    resource(sections["resources"], "Page publique", file=document)

    assert found("encombrants") == []
    assert "Cahier" not in found("cahier")


def test_a_collection_moved_below_a_restriction_in_the_admin_hides_its_documents(
    sections: dict[str, Page], client: Client
) -> None:
    root = Collection.get_first_root_node()
    private = root.add_child(name="Interne")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    public = Collection.get_first_root_node().add_child(name="Publications")
    store("Cahier", "cahier.pdf", pdf(TWO_PAGES), public)
    client.force_login(User.objects.create_superuser("admin", "admin@example.org", "x"))

    client.post(
        reverse("wagtailadmin_collections:edit", args=[public.pk]), {"name": "Publications", "parent": private.pk}
    )

    assert Collection.objects.get(pk=public.pk).is_descendant_of(private)
    assert found("encombrants") == []


def test_a_file_replaced_is_read_again(sections: dict[str, Page]) -> None:
    document = store("Cahier", "cahier.pdf", pdf(TWO_PAGES))
    document._set_document_file_metadata()
    document.save()
    document.file.save("autre.pdf", ContentFile(pdf(["Le compostage"])), save=False)
    document._set_document_file_metadata()
    document.save()

    assert found("encombrants") == []
    assert found("compostage") == ["Cahier"]


def test_a_file_that_has_not_changed_is_not_read_again(
    sections: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = store("Cahier", "cahier.pdf", pdf(TWO_PAGES))
    document._set_document_file_metadata()
    document.save()
    monkeypatch.setattr("search.providers.documents.extract", lambda document: pytest.fail("read again"))
    document.title = "Cahier illustré"
    document.save()

    assert found("encombrants") == ["Cahier illustré"]


def test_opendocument_and_word_texts_are_read(sections: dict[str, Page]) -> None:
    store("Note", "note.odt", odt(["Les conseils citoyens", "et les jardins"]))
    store("Compte rendu", "note.docx", docx(["Les conseils citoyens", "et les jardins"]))

    results = find_results("conseil citoyen jardin")
    assert {hit.entry.title for hit in results.hits} == {"Note", "Compte rendu"}
    assert all(hit.page_number is None for hit in results.hits)


DRAWN = "<w:lastRenderedPageBreak/>"
BREAK = '<w:r><w:br w:type="page"/></w:r>'
SOFT = "<text:soft-page-break/>"
PAGES = {
    "drawn by Word": ("a.docx", docx(["un", BREAK, f"<w:r>{DRAWN}<w:t>deux</w:t></w:r>", "encore deux"])),
    "asked for in Word": ("a.docx", docx(["un", BREAK + "<w:r><w:t>deux</w:t></w:r>", "encore deux"])),
    "drawn by a word processor": ("a.odt", odt(["un", SOFT, "<text:p>deux</text:p>", "encore deux"])),
    "drawn inside a paragraph": (
        "a.odt",
        odt([f"<text:p>un <text:span>{SOFT}deux</text:span></text:p>", "encore deux"]),
    ),
    "asked for by a style": ("a.odt", odt(["un", "¶deux", "encore deux"])),
}


@pytest.mark.parametrize(("name", "content"), PAGES.values(), ids=PAGES.keys())
def test_a_text_has_the_pages_that_its_program_marked(sections: dict[str, Page], name: str, content: bytes) -> None:
    found = extract(store("Note", name, content))

    assert [page.split() for page in found.pages] == [["un"], ["deux", "encore", "deux"]]
    assert find_results("encore").hits[0].page_number == 2


def test_a_document_in_english_is_found_in_english(sections: dict[str, Page]) -> None:
    store("URBACT handbook", "handbook.pdf", pdf(["This is how the cities of the network work with their citizens"]))

    assert [hit.entry.title for hit in find_results("city networks", "en").hits] == ["URBACT handbook"]


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><x>&b;</x>"
BROKEN = {
    "encrypted": ("a.pdf", pdf(["Secret"], password="x"), "encrypted"),
    "empty pdf": ("a.pdf", pdf([""]), "no_text"),
    "not a pdf": ("a.pdf", b"not a pdf at all", "broken"),
    "cut pdf": ("a.pdf", pdf(TWO_PAGES)[:300], "broken"),
    "empty file": ("a.pdf", b"", "broken"),
    "not an archive": ("a.odt", b"PK\x03\x04 nothing", "broken"),
    "archive without text": ("a.docx", archive({"readme": "x"}), "broken"),
    "bomb of entities": ("a.docx", archive({"word/document.xml": BOMB}), "broken"),
    "encrypted odt": ("a.odt", odt(["x"], encrypted=True), "encrypted"),
    "protected word": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "encrypted"),
    "unknown format": ("a.xlsx", b"anything", "unsupported"),
}


@pytest.mark.parametrize(("name", "content", "problem"), BROKEN.values(), ids=BROKEN.keys())
def test_a_file_without_readable_text_is_found_by_its_title(
    name: str, content: bytes, problem: str, sections: dict[str, Page]
) -> None:
    document = store("Mystère", name, content)

    assert entry(document).facts["problem"] == problem  # type: ignore[union-attr]
    assert found("mystère") == ["Mystère"]


def test_a_file_lost_from_the_disk_stops_nothing(sections: dict[str, Page]) -> None:
    document = store("Perdu", "perdu.pdf", pdf(TWO_PAGES))
    document.file.storage.delete(document.file.name)
    document.title = "Perdu de vue"
    document.save()

    assert found("perdu") == ["Perdu de vue"]


@pytest.mark.parametrize(
    ("limit", "value", "pages"), [("MAX_PAGES", 1, 1), ("MAX_SECONDS", -1.0, 1), ("MAX_CHARACTERS", 20, 1)]
)
def test_reading_stops_at_its_limits_and_keeps_what_was_read(
    limit: str, value: float, pages: int, sections: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = store("Cahier", "cahier.pdf", pdf(TWO_PAGES))
    monkeypatch.setattr(extraction, limit, value)

    assert len(extract(document).pages) == pages


def test_a_file_too_large_is_not_opened(sections: dict[str, Page], monkeypatch: pytest.MonkeyPatch) -> None:
    document = store("Cahier", "cahier.pdf", pdf(TWO_PAGES))
    monkeypatch.setattr(extraction, "MAX_BYTES", 10)

    assert extract(document).problem == "too_large"


def test_an_archive_that_unpacks_too_much_is_given_up(
    sections: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.documents.office.MAX_XML_BYTES", 50)

    assert extract(store("Note", "note.docx", docx(["mot " * 100]))).problem == "too_large"
