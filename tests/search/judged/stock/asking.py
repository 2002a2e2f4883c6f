"""The corpus as pages and documents of Wagtail, and its search as the template of a new project asks it."""

import contextlib
import os
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import override_settings
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page

from search.entries import EntryData
from search.enums import Kind
from tests.search.judged.corpus import LANGUAGES, entries
from tests.search.judged.judging import Answer, Verdict, judge_all
from tests.search.judged.metrics import DEPTH
from tests.search.judged.queries import judged_queries
from tests.search.judged.running import delete_indexes
from tests.search.judged.stock.models import StockPage


@contextlib.contextmanager
def backend(engine: str, url: str) -> Iterator[None]:
    """Let Wagtail search in its database backend, or in an index of its own in Elasticsearch 9."""
    if engine == "embedded":
        yield
        return
    prefix = f"judged-stock-{os.getpid()}-"
    chosen = {"BACKEND": "wagtail.search.backends.elasticsearch9", "URLS": [url], "INDEX_PREFIX": prefix}
    with override_settings(WAGTAILSEARCH_BACKENDS={"default": chosen}):
        try:
            yield
        finally:
            delete_indexes(url, prefix)


def load() -> None:
    """Write the corpus as pages and documents; a document is found by its title, since nothing reads its text."""
    root = Page.objects.get(depth=1)
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    for entry in entries():
        name = entry.facts["slug"]
        if entry.kind == Kind.DOCUMENT:
            file = ContentFile(b"", name=f"{name}.txt")
            get_document_model().objects.create(title=entry.title, file=file)
        else:
            page = StockPage(title=entry.title, slug=slugify(name), locale=locales[entry.language])
            page.summary, page.body = entry.summary, body_of(entry)
            page.search_description = name
            root.add_child(instance=page)
    call_command("wagtail_update_index", verbosity=0)


def body_of(entry: EntryData) -> str:
    """Return the words of an entry beside its title and summary, so that none lacks that ours may read."""
    labels = [
        value.label_en if entry.language == "en" and value.label_en else value.label_fr
        for values in entry.facets.values()
        for value in values
    ]
    sections = [text for section in entry.sections for text in (section.heading, section.text)]
    return "\n".join((*sections, *entry.keywords, entry.venue, entry.place, *labels, entry.carrier_title))


def judged_stock(engine: str, url: str) -> tuple[list[Verdict], int]:
    """Judge Wagtail's own search; return the verdicts, and how many queries made it raise (a visitor sees an error)."""
    titles = {entry.title: entry.facts["slug"] for entry in entries() if entry.kind == Kind.DOCUMENT}
    raised: list[str] = []

    def listed(text: str, language: str) -> list[str]:
        try:
            with transaction.atomic():
                pages = (
                    Page.objects.live().filter(locale=Locale.objects.get(language_code=language)).search(text)[:DEPTH]
                )
                documents = get_document_model().objects.all().search(text)[:DEPTH]
                found = [page.search_description for page in pages]
                return [*found, *(titles[document.title] for document in documents)][:DEPTH]
        except DatabaseError:
            raised.append(text)
            return []

    def ask(text: str, language: str) -> Answer:
        other = next(code for code in LANGUAGES if code != language)
        return Answer(found=listed(text, language), apart=listed(text, other))

    with backend(engine, url):
        load()
        return judge_all(judged_queries(), ask), len(set(raised))
