"""Documents: public files with their text, under the public page that carries them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Collection, Page, ReferenceIndex

from search.analysis import guess_language
from search.documents import Extracted, extract
from search.entries import EntryData
from search.enums import Kind
from search.models import SearchEntry
from search.providers.pages import is_public, page_path, page_source
from search.registry import Provider


def carrying_pages(document: AbstractDocument) -> list[Page]:
    """Return the pages that hold `document`, published or not, copies left out, in the order of the tree.

    Each knows as `fields_of_document` the fields that hold it.
    """
    references = ReferenceIndex.get_references_to(document)
    fields: dict[int, set[str]] = defaultdict(set)
    for pk, path in references.filter(base_content_type=ContentType.objects.get_for_model(Page)).values_list(
        "object_id", "model_path"
    ):
        fields[int(pk)].add(path.split(".")[0])
    pages = Page.objects.filter(pk__in=fields, alias_of__isnull=True).prefetch_related("locale").order_by("path")
    found = list(pages.specific())
    for page in found:
        page.fields_of_document = fields[page.pk]
    return found


def shows(page: Page) -> bool:
    """Tell whether visitors see the document on a page of `carrying_pages`."""
    return is_public(page) and any(page.shows_field(name) for name in page.fields_of_document)


def carried_documents(page: Page) -> Iterable[AbstractDocument]:
    """Return the documents that `page` shows, and those that it showed when they were last indexed."""
    model = get_document_model()
    label = model._meta.label_lower
    shown = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        to_content_type=ContentType.objects.get_for_model(model),
    ).values_list("to_object_id", flat=True)
    before = SearchEntry.objects.filter(carrier_key=page_source(page).key, source_model=label)
    return model.objects.filter(pk__in={int(pk) for pk in (*shown, *before.values_list("source_key", flat=True))})


class DocumentProvider(Provider[AbstractDocument]):
    """A document is public when no restriction lies on its collection, and no page keeps it to itself."""

    watches = (Collection,)

    def __init__(self) -> None:
        self.model = get_document_model()
        self._prepared: dict[tuple[int, str, str], Extracted] = {}

    def instances(self) -> QuerySet[AbstractDocument]:
        """Return every document."""
        return self.model.objects.select_related("collection").order_by("pk")

    def dependents(self, changed: Model) -> Iterable[AbstractDocument]:
        """Return the documents of a page, or those of a collection and of the collections below."""
        if isinstance(changed, Page):
            return carried_documents(changed)
        if isinstance(changed, Collection):
            return self.model.objects.filter(collection__in=changed.get_descendants(inclusive=True))
        return ()

    def entries(self, instance: AbstractDocument) -> Iterable[EntryData]:
        """Return the one entry of a public document.

        A file that only drafts, restricted pages or reports to come hold is theirs, and is not found. One that no page
        holds is public.
        """
        if instance.collection.get_view_restrictions().exists():
            return []
        pages = carrying_pages(instance)
        public = [page for page in pages if shows(page)]
        if pages and not public:
            return []
        return [self.described(instance, public)]

    def described(self, document: AbstractDocument, pages: Sequence[Page]) -> EntryData:
        """Return the entry of a public document; of the pages that show it, one in its language is preferred."""
        extracted = self.text(document)
        default = pages[0].locale.language_code if pages else settings.LANGUAGE_CODE
        language = guess_language(" ".join((document.title, *extracted.pages)), default)
        carrier = next((page for page in pages if page.locale.language_code == language), next(iter(pages), None))
        return EntryData(
            source=self.source(document),
            kind=Kind.DOCUMENT,
            language=language,
            url=document.url,
            title=document.title,
            pages=extracted.pages,
            updated_on=timezone.localtime(document.created_at).date(),
            carrier_key=page_source(carrier).key if carrier else "",
            carrier_title=carrier.title if carrier else "",
            carrier_url=page_path(carrier) if carrier else "",
            facts={
                "format": document.file_extension.upper(),
                "bytes": document.file_size,
                "file_hash": document.file_hash,
                "paged": extracted.paged,
                "problem": extracted.problem,
            },
        )

    def prepare(self, instance: AbstractDocument) -> None:
        """Read the file before the transaction that writes the entry: it may take seconds."""
        self._prepared[self._version(instance)] = self.text(instance)

    def text(self, document: AbstractDocument) -> Extracted:
        """Return the text of the file, read again only when the file has changed."""
        if prepared := self._prepared.pop(self._version(document), None):
            return prepared
        known = SearchEntry.objects.filter(
            source_model=self.model._meta.label_lower, source_key=str(document.pk), kind=Kind.DOCUMENT
        ).first()
        if known and document.file_hash and known.facts.get("file_hash") == document.file_hash:
            return Extracted(known.pages, known.facts["paged"], known.facts["problem"])
        return extract(document)

    @staticmethod
    def _version(document: AbstractDocument) -> tuple[int, str, str]:
        return document.pk, document.file.name, document.file_hash
