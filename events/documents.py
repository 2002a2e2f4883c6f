"""Files for participants: they lie in a private collection, and only the private page of a booking serves them.

The collection decides, not the row of the page: a file is private from the moment it was chosen for participants in a
draft, and stays so until a page that is published hands it to everyone and no page keeps it for participants.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import FileResponse, Http404
from django.utils.translation import gettext
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex
from wagtail.permissions import policy_registry

from events.enums import DocumentAudience
from events.models.documents import PageDocument, PrivateCollection


def private_collection() -> Collection:
    """Return the collection of the files for participants, created on first use below the root.

    Its restriction names no group: Wagtail's own checks let superusers alone pass, and the search keeps away.
    """
    known = PrivateCollection.objects.select_related("collection").first()
    if known:
        return known.collection
    try:
        with transaction.atomic():
            collection = Collection.get_first_root_node().add_child(name=gettext("Documents for participants"))
            CollectionViewRestriction.objects.create(
                collection=collection, restriction_type=CollectionViewRestriction.GROUPS
            )
            PrivateCollection.objects.create(collection=collection)
    except IntegrityError:
        # Another process made it at the same moment.
        return PrivateCollection.objects.get().collection
    return collection


def is_private(document: Document) -> bool:
    """Tell whether a file is for participants: it lies in their collection, or a page keeps it for them."""
    return lies_in_private(document) or is_kept(document)


def lies_in_private(document: Document) -> bool:
    """Tell whether a file lies in the private collection."""
    return PrivateCollection.objects.filter(collection_id=document.collection_id).exists()


def is_kept(document: Document, besides: Page | None = None) -> bool:
    """Tell whether a page (other than `besides` in any of its languages) keeps a file for participants."""
    rows = PageDocument.objects.filter(document=document, audience=DocumentAudience.PARTICIPANTS)
    if besides is not None:
        rows = rows.exclude(page__translation_key=besides.translation_key)
    return rows.exists()


def may_open(user: AbstractBaseUser | AnonymousUser, document: Document) -> bool:
    """Tell whether somebody may open a private file in the admin: those who may change it."""
    policy = policy_registry.get_by_type(Document)
    return user.is_authenticated and policy.user_has_permission_for_instance(user, "change", document)


def keep_for_participants(rows: Iterable[PageDocument]) -> None:
    """Move the files of these rows that are for participants into the private collection."""
    collection = None
    for row in rows:
        if row.is_for_participants:
            collection = collection or private_collection()
            _move(row.document, collection)


def hand_to_everyone(rows: Iterable[PageDocument]) -> None:
    """Move the files of published rows that are for everyone back among the public ones, unless a page keeps them."""
    private = PrivateCollection.objects.values_list("collection_id", flat=True).first()
    for row in rows:
        document = row.document
        if row.is_for_participants or document.collection_id != private or is_kept(document):
            continue
        _move(document, Collection.get_first_root_node())


def document_row_saved(instance: PageDocument, **kwargs: Any) -> None:
    """Keep the file of a row for participants, however the row was written."""
    keep_for_participants([instance])


def page_documents_published(instance: Page, **kwargs: Any) -> None:
    """Hand out the files for everyone of a page that is now published."""
    hand_to_everyone(PageDocument.objects.filter(page_id=instance.pk).select_related("document"))


def _move(document: Document, collection: Collection) -> None:
    """Change the collection of a file, and tell the search (it listens to saves)."""
    if document.collection_id != collection.pk:
        document.collection = collection
        document.save(update_fields=["collection"])


def published_by(document: Document, page: Page) -> Page | None:
    """Return a published page, other than `page` in any of its languages, that shows a file to everyone; or None."""
    references = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    # Rows of `page_documents` say for whom they are; every other reference is a link that anybody sees.
    elsewhere = references.exclude(model_path__startswith="page_documents.").values_list("object_id", flat=True)
    rows = PageDocument.objects.filter(document=document, audience=DocumentAudience.EVERYONE)
    shown_by = Q(pk__in={int(pk) for pk in elsewhere}) | Q(pk__in=rows.values("page"))
    others = Page.objects.live().filter(shown_by, alias_of__isnull=True)
    return others.exclude(translation_key=page.translation_key).order_by("path").first()


def reserved_documents(keys: Iterable[UUID]) -> dict[UUID, list[PageDocument]]:
    """Return, by translation key, the documents for participants of published pages, each file once, in order.

    The languages of a page share them: the rows of the French one speak for all.
    """
    rows = PageDocument.objects.filter(
        audience=DocumentAudience.PARTICIPANTS, page__live=True, page__translation_key__in=set(keys)
    ).select_related("document", "page")
    by_key: dict[UUID, dict[int, PageDocument]] = {}
    for row in rows.order_by("page__path", "sort_order"):
        by_key.setdefault(row.page.translation_key, {}).setdefault(row.document_id, row)
    return {key: list(found.values()) for key, found in by_key.items()}


def private_file(document: Document) -> FileResponse:
    """Return a file as an answer that is saved, never shown in the browser, and kept by no cache. 404 without it."""
    try:
        content = document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=document.filename, content_type=document.content_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
