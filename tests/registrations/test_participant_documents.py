"""Files for participants: served to those who hold a place, refused to everybody else, found by nobody."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.documents.models import Document
from wagtail.models import Collection, Page

from events.documents import private_collection
from events.enums import DocumentAudience
from events.models import Occurrence, PageDocument
from home.roles import EDITOR, PUBLISHER, TRAINING_OFFICER
from home.services import create_roles
from registrations.services import cancel
from search.models import SearchEntry
from tests.factories.events import make_occurrence
from tests.factories.pages import make_session, translate_page
from tests.factories.registrations import make_booking, registrations_of
from tests.search.files import pdf

pytestmark = pytest.mark.django_db
CONTENT = pdf(["slides of the trainer"])


def make_document(title: str = "Support") -> Document:
    document = Document(title=title, collection=Collection.get_first_root_node())
    document.file.save("support.pdf", ContentFile(CONTENT))
    return document


def hand_out(page: Page, document: Document, audience: str = DocumentAudience.PARTICIPANTS, **fields: str) -> None:
    page.page_documents.add(
        PageDocument(document=document, label_fr="Support de la journée", audience=audience, **fields)
    )
    page.save_revision().publish()


@pytest.fixture
def document() -> Document:
    return make_document()


@pytest.fixture
def date(document: Document) -> Occurrence:
    """A date with one place, of a published session that keeps the document for participants."""
    session = make_session()
    hand_out(session, document, label_en="Slides of the day")
    return make_occurrence(session, capacity=1)


def address(token: str, pk: int, language: str = "fr") -> str:
    with override(language):
        return reverse("registrations:participant_document", args=[token, pk])


def booking_page(token: str, language: str = "fr") -> str:
    with override(language):
        return reverse("registrations:booking", args=[token])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_holds_a_place_saves_the_file_from_their_private_page(client, date, document, language):
    token = make_booking(date).booking.token
    page = client.get(booking_page(token, language)).content.decode()
    assert address(token, document.pk, language) in page
    assert ("Slides of the day" if language == "en" else "Support de la journée") in page
    assert document.url not in page

    response = client.get(address(token, document.pk, language))
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == CONTENT
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == f'attachment; filename="{document.filename}"'
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert not client.cookies


def test_the_english_page_hands_out_the_same_file_once(client, date, document):
    translate_page(date.page.specific)
    token = make_booking(date, language="en").booking.token
    assert client.get(booking_page(token, "en")).content.decode().count(address(token, document.pk, "en")) == 1
    assert client.get(address(token, document.pk, "en")).status_code == 200


def waiting(date: Occurrence) -> str:
    make_booking(date, people=("omar",))
    return make_booking(date).booking.token


def cancelled(date: Occurrence) -> str:
    result = make_booking(date)
    cancel(registrations_of(result), actor="contact")
    return result.booking.token


def unanswered(date: Occurrence) -> str:
    by_approval = make_occurrence(date.page, days=40, registration_mode="by_approval")
    return make_booking(by_approval).booking.token


@pytest.mark.parametrize("without_place", [waiting, cancelled, unanswered])
def test_a_booking_without_place_is_told_so_politely(
    client: Client, date: Occurrence, document: Document, without_place: Callable[[Occurrence], str]
):
    token = without_place(date)
    assert "/documents/" not in client.get(booking_page(token)).content.decode()
    response = client.get(address(token, document.pk))
    assert response.status_code == 403
    html = response.content.decode()
    assert "Ce document est réservé aux participants" in html
    assert booking_page(token) in html
    assert "no-store" in response["Cache-Control"]


def test_the_place_given_back_closes_the_file_and_a_place_given_opens_it(client, date, document):
    seated, waits = make_booking(date, people=("ines",)), make_booking(date, people=("omar",))
    assert client.get(address(waits.booking.token, document.pk)).status_code == 403
    cancel(registrations_of(seated), actor="contact")
    assert client.get(address(seated.booking.token, document.pk)).status_code == 403


def test_a_place_at_another_date_of_the_booking_does_not_open_the_file(client, date, document):
    make_booking(date, people=("ines",))
    other = make_occurrence(make_session("Financements"))
    token = make_booking(date, other, people=("omar",)).booking.token
    assert client.get(address(token, document.pk)).status_code == 403


def test_participants_of_another_page_find_nothing(client, date, document):
    other = make_occurrence(make_session("Financements"))
    token = make_booking(other).booking.token
    assert client.get(address(token, document.pk)).status_code == 404
    assert client.get(address("A" * 43, document.pk)).status_code == 404
    assert client.get(address(token, 10**9)).status_code == 404


def test_a_page_taken_down_takes_its_files_with_it(client, date, document):
    token = make_booking(date).booking.token
    date.page.specific.unpublish()
    assert client.get(address(token, document.pk)).status_code == 404


def test_a_file_lost_on_the_disk_is_not_found(client, date, document):
    token = make_booking(date).booking.token
    document.file.storage.delete(document.file.name)
    assert client.get(address(token, document.pk)).status_code == 404


def log_in(client: Client, role: str) -> None:
    create_roles()
    user = User.objects.create_user(role, password="-", is_superuser=role == "admin")
    if role == "editor without files":
        group = Group.objects.create(name=role)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user.groups.add(group)
    elif role != "admin":
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("", 403),
        ("editor without files", 403),
        (TRAINING_OFFICER, 200),
        (EDITOR, 200),
        (PUBLISHER, 200),
        ("admin", 200),
    ],
)
def test_its_own_address_opens_to_nobody_and_one_in_the_admin_to_who_may_change_it(
    client, date, document, role, status
):
    make_booking(date)
    if role:
        log_in(client, role)
    response = client.get(document.url)
    assert response.status_code == 403
    assert CONTENT not in response.content
    inside = reverse("events_private_document", args=[document.pk])
    assert (inside in response.content.decode()) == (status == 200)

    response = client.get(inside)
    if status == 200:
        assert b"".join(response.streaming_content) == CONTENT
        assert response["Cache-Control"].startswith("private, no-store")
        assert response["Content-Disposition"].startswith("attachment")
    else:
        # Wagtail's admin sends those it refuses elsewhere.
        assert response.status_code in (302, 403)


def test_the_uploaded_file_has_no_address_of_its_own(client, date, document, settings):
    settings.DEBUG = True
    assert client.get(document.file.url).status_code == 404


def test_visitors_learn_that_there_is_a_document_and_not_where(client, date, document):
    html = client.get(date.page.url).content.decode()
    assert "Support de la journée" in html
    assert "Pour les participants seulement" in html
    assert "/documents/" not in html
    assert "support.pdf" not in html


@pytest.mark.django_db(transaction=True)
def test_the_search_forgets_the_file(client, document):
    assert SearchEntry.objects.filter(source_model="wagtaildocs.document").exists()
    hand_out(make_session(), document)
    assert not SearchEntry.objects.filter(source_model="wagtaildocs.document").exists()
    assert document.url not in client.get("/fr/recherche/", {"q": "slides trainer"}).content.decode()


def test_a_document_for_everyone_is_public(client):
    session = make_session()
    public = make_document()
    hand_out(session, public, audience=DocumentAudience.EVERYONE)
    html = client.get(session.url).content.decode()
    assert public.url in html
    assert client.get(public.url).status_code == 200


def test_the_file_comes_back_among_the_public_ones_when_the_page_that_kept_it_hands_it_out(client, document):
    session = make_session()
    hand_out(session, document)
    assert Document.objects.get(pk=document.pk).collection == private_collection()
    row = session.page_documents.get()
    row.audience = DocumentAudience.EVERYONE
    session.page_documents = [row]
    session.save_revision().publish()
    assert client.get(document.url).status_code == 200


def test_a_file_that_two_pages_keep_stays_private_when_one_hands_it_out(client, document):
    one, other = make_session(), make_session("Financements")
    hand_out(one, document)
    hand_out(other, document)
    row = one.page_documents.get()
    row.audience = DocumentAudience.EVERYONE
    one.page_documents = [row]
    one.save_revision().publish()
    assert client.get(document.url).status_code == 403


def test_there_is_one_private_collection_whatever_its_name():
    collection = private_collection()
    collection.name = "Supports"
    collection.save()
    assert private_collection() == collection
    assert collection.get_view_restrictions().exists()
