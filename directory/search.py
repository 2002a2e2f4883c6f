"""The rows of the directory in the public search: found while something public names them, and under their new names.

A row renamed has the pages that name it describe themselves again.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import post_save
from django.utils.translation import override
from wagtail.models import Page, ReferenceIndex

from directory.addresses import url_of
from directory.models import (
    Audience,
    Country,
    Keyword,
    Network,
    Organisation,
    Person,
    Programme,
    Territory,
    Theme,
)
from directory.models.labelled import LabelledRow
from directory.references import SHOWN
from directory.row_kinds import FRONT_DESCRIPTION, FRONT_TITLE, KINDS, RowKind
from search import found_views, services
from search.entries import EntryData
from search.enums import Kind
from search.models import SearchEntryFacet
from search.registry import Provider, register

NAMED_IN_ENTRIES = (Audience, Country, Keyword, Network, Organisation, Person, Programme, Territory, Theme)


def rows_naming(row: Model) -> Iterator[Model]:
    """Yield a row and those by which a page names it without choosing it (see `directory.facts`)."""
    yield row
    if isinstance(row, Organisation):
        yield from row.people.all()
    elif isinstance(row, Territory):
        # What lies in it is found by its name too.
        within = Territory.get_tree(row)
        yield from within
        yield from _of_organisations(Organisation.objects.filter(territory__in=within))
    elif isinstance(row, Country):
        yield from _of_organisations(row.organisations.all())
    elif isinstance(row, Programme):
        yield from row.networks.all()


def _of_organisations(organisations: QuerySet[Organisation]) -> Iterator[Model]:
    yield from organisations
    yield from Person.objects.filter(organisation__in=organisations)


def row_changed(instance: Model, created: bool, **kwargs: Any) -> None:
    """Refresh the entries of the pages that name a row; a new one is named nowhere yet."""
    if created:
        return
    named = Q(pk__in=[])
    keys: dict[type[Model], list[str]] = {}
    for row in rows_naming(instance):
        keys.setdefault(type(row), []).append(str(row.pk))
    for model, found in keys.items():
        named |= Q(to_content_type=ContentType.objects.get_for_model(model), to_object_id__in=found)
    references = ReferenceIndex.objects.filter(named, base_content_type=ContentType.objects.get_for_model(Page))
    pages = {int(pk) for pk in references.values_list("object_id", flat=True)}
    for page in Page.objects.live().filter(pk__in=pages):
        services.refresh(page)


class RowProvider(Provider[Model]):
    """Describes the rows of one kind that have a page in the directory."""

    def __init__(self, kind: RowKind, model: type[Model]) -> None:
        self.kind = kind
        self.model = model
        self.facet = kind.name

    def instances(self) -> Iterable[Model]:
        """Return every row."""
        return self.kind.rows

    def named(self, code: str) -> Iterable[Model]:
        """Return the row that an entry names; for a territory, those too in which it lies."""
        is_code = self.kind.key != "pk" or code.isdecimal()
        rows = self.kind.rows.filter(**{self.kind.key: code}) if is_code else self.kind.rows.none()
        return (found for row in rows for found in (row, *(row.get_ancestors() if isinstance(row, Territory) else ())))

    def entries(self, instance: Any) -> Iterator[EntryData]:
        """Return an entry in each language in which the row has a name, while something public names it."""
        if not self.is_named(instance):
            return
        yield self.entry(instance, "fr")
        # A word of a vocabulary that was not translated is found in French.
        if not isinstance(instance, LabelledRow) or instance.label_en:
            yield self.entry(instance, "en")

    def entry(self, row: Any, language: str) -> EntryData:
        """Return the entry of a row in one language."""
        with override(language):
            return EntryData(
                source=self.source(row),
                kind=Kind.DIRECTORY,
                language=language,
                url=url_of(row),
                work_key=f"{self.kind.name}-{row.pk}",
                title=row.label,
                summary=own_description(row),
                facts={"kind_label": str(self.kind.singular)},
            )

    def is_named(self, row: Any) -> bool:
        """Return whether something public names a row, or for a territory one that lies within."""
        rows = Territory.get_tree(row) if isinstance(row, Territory) else [row]
        codes = [self.kind.code_of(found) for found in rows]
        return SearchEntryFacet.objects.filter(name=self.facet, code__in=codes, entry__kind__in=SHOWN).exists()


def own_description(row: Any) -> str:
    """Return the description of a row where it has one in the active language."""
    return "" if getattr(row, "description_language", "") else getattr(row, "description", "")


def connect() -> None:
    """Register the rows and their lists, and listen to those whose names entries carry."""
    found_views.register(found_views.FoundView("directory:front", FRONT_TITLE, FRONT_DESCRIPTION))
    for kind in KINDS.values():
        found_views.register(found_views.FoundView(f"directory:{kind.name}_list", kind.plural, kind.says))
        if kind.model:
            register(RowProvider(kind, kind.model))
    for model in NAMED_IN_ENTRIES:
        post_save.connect(row_changed, sender=model, dispatch_uid=f"search_{model.__name__}_renamed")
