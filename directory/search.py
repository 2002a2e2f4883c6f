"""A row renamed in the directory is found under its new name: the pages that name it describe themselves again."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.db.models.signals import post_save
from wagtail.models import Page, ReferenceIndex

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
from search import services

NAMED_IN_ENTRIES = (Audience, Country, Keyword, Network, Organisation, Person, Programme, Territory, Theme)


def rows_naming(row: Model) -> Iterator[Model]:
    """Yield a row and those by which a page names it without choosing it (see `directory.facts`)."""
    yield row
    if isinstance(row, Organisation):
        yield from row.people.all()
    elif isinstance(row, Country | Territory):
        organisations = row.organisations.all()
        yield from organisations
        yield from Person.objects.filter(organisation__in=organisations)
    elif isinstance(row, Programme):
        yield from row.networks.all()


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


def connect() -> None:
    """Listen to the rows whose names entries carry."""
    for model in NAMED_IN_ENTRIES:
        post_save.connect(row_changed, sender=model, dispatch_uid=f"search_{model.__name__}_renamed")
