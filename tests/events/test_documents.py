"""Choosing a file for participants in the admin: it leaves the public ones, or the form says what forbids it."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, Page
from wagtail.test.utils.form_data import inline_formset

from events.documents import private_collection
from events.models import EventPage, PageDocument
from home.models import NewsPage
from home.services import create_skeleton
from tests.factories.forms import page_data
from tests.factories.pages import make_page, translate_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return User.objects.create_superuser("admin", password="-")


@pytest.fixture
def event() -> EventPage:
    create_skeleton()
    return make_page(EventPage, "Journée", live=False)


@pytest.fixture
def document() -> Document:
    file = Document(title="Support", collection=Collection.get_first_root_node())
    file.file.save("support.csv", ContentFile(b"slides;2"))
    return file


def page_form(page: Page, user: User, *chosen: tuple[Document, str], **fields: Any) -> Any:
    """Return the form of an event as an editor sends it: files with their audience."""
    rows = [
        {"id": "", "document": file.pk, "label_fr": "Support", "language": "fr", "audience": audience}
        for file, audience in chosen
    ]
    data = page_data(page, kind="day", attend="any", page_documents=inline_formset(rows), **fields)
    form_class = page.get_edit_handler().get_form_class()
    return form_class(data, instance=page, parent_page=page.get_parent(), for_user=user)


def errors(form: Any) -> list[str]:
    assert not form.is_valid()
    return [str(fault) for row in form.formsets["page_documents"].forms for fault in row.errors.get("document", [])]


def collection_of(document: Document) -> Collection:
    return Document.objects.get(pk=document.pk).collection


def test_a_preview_moves_no_file(client, event, admin, document):
    client.force_login(admin)
    rows = [{"id": "", "document": document.pk, "label_fr": "Support", "language": "fr", "audience": "participants"}]
    data = page_data(event, kind="day", attend="any", page_documents=inline_formset(rows))
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[event.pk])
    assert client.post(preview, data).json()["is_valid"]
    assert client.get(f"{preview}?mode=").status_code == 200
    assert collection_of(document) == Collection.get_first_root_node()

    assert client.post(reverse("wagtailadmin_pages:edit", args=[event.pk]), data).status_code == 302
    assert collection_of(document) == private_collection()


def test_a_draft_is_enough_to_take_the_file_out_of_the_public_ones(event, admin, document):
    form = page_form(event, admin, (document, "participants"))
    assert form.is_valid(), (form.errors, form.formsets["page_documents"].errors)
    form.save(commit=False).save_revision()
    assert collection_of(document) == private_collection()
    assert not PageDocument.objects.exists()


def test_a_file_for_everyone_stays_where_it_is(event, admin, document):
    form = page_form(event, admin, (document, "everyone"))
    assert form.is_valid()
    form.save()
    assert collection_of(document) == Collection.get_first_root_node()


def test_a_file_that_another_page_publishes_is_refused_by_its_name(event, admin, document):
    body = [{"type": "text", "value": f'<p><a linktype="document" id="{document.pk}">Support</a></p>', "id": "t"}]
    make_page(NewsPage, "Les actes sont en ligne", body=json.dumps(body))
    [fault] = errors(page_form(event, admin, (document, "participants")))
    assert "« Les actes sont en ligne »" in fault or "«Les actes sont en ligne»" in fault


def test_a_file_that_another_event_hands_to_everyone_is_refused(event, admin, document):
    other = make_page(EventPage, "Un atelier")
    other.page_documents.add(PageDocument(document=document, label_fr="Support", audience="everyone"))
    other.save_revision().publish()
    [fault] = errors(page_form(event, admin, (document, "participants")))
    assert "Un atelier" in fault


def test_two_pages_may_keep_the_same_file(event, admin, document):
    other = make_page(EventPage, "Un atelier")
    other.page_documents.add(PageDocument(document=document, label_fr="Support", audience="participants"))
    other.save_revision().publish()
    assert page_form(event, admin, (document, "participants")).is_valid()


def test_the_programme_cannot_be_for_participants(event, admin, document):
    assert errors(page_form(event, admin, (document, "participants"), programme=document.pk))


def test_a_private_file_is_not_handed_to_everyone_by_another_page(event, admin, document):
    document.collection = private_collection()
    document.save()
    assert errors(page_form(event, admin, (document, "everyone")))


def test_a_translation_keeps_the_files_of_the_french_page(event, document):
    event.page_documents.add(PageDocument(document=document, label_fr="Support", audience="participants"))
    event.save_revision().publish()
    english = translate_page(event)
    assert [row.audience for row in english.page_documents.all()] == ["participants"]


@pytest.fixture
def kept(event, document):
    event.page_documents.add(PageDocument(document=document, label_fr="Support", audience="participants"))
    event.save_revision().publish()
    return Document.objects.get(pk=document.pk)


def test_the_form_of_the_file_does_not_open_what_a_page_keeps(client, admin, kept):
    client.force_login(admin)
    root = Collection.get_first_root_node()
    data = {"title": "Support 2", "collection": root.pk, "tags": ""}
    response = client.post(reverse("wagtaildocs:edit", args=[kept.pk]), data)
    assert response.status_code == 200
    assert "reste dans la collection" in response.content.decode()
    assert collection_of(kept) == private_collection()
    data["collection"] = private_collection().pk
    response = client.post(reverse("wagtaildocs:edit", args=[kept.pk]), data)
    assert response.status_code == 302, response.context["form"].errors


def test_nor_do_bulk_actions(client, admin, kept):
    client.force_login(admin)
    url = reverse("wagtail_bulk_action", args=["wagtaildocs", "document", "add_to_collection"])
    root = Collection.get_first_root_node()
    response = client.post(f"{url}?id={kept.pk}&next=/admin/documents/", {"collection": root.pk}, follow=True)
    assert "Rien n’a été déplacé" in response.content.decode()
    assert collection_of(kept) == private_collection()
