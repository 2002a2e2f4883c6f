"""A row renamed in the directory is found under its new name: the pages that name it describe themselves again."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import post_save
from wagtail.models import Page, ReferenceIndex

from directory.models import Audience, Country, Keyword, Network, Organisation, Programme, Territory, Theme
from search import services

NAMED_IN_ENTRIES = (Audience, Country, Keyword, Network, Organisation, Programme, Territory, Theme)


def row_changed(instance: Model, created: bool, **kwargs: Any) -> None:
    """Refresh the entries of the pages that name a row; a new one is named nowhere yet."""
    if created:
        return
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(instance),
        to_object_id=str(instance.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    for page in Page.objects.live().filter(pk__in=[int(pk) for pk in references.values_list("object_id", flat=True)]):
        services.refresh(page)


def connect() -> None:
    """Listen to the rows whose names entries carry."""
    for model in NAMED_IN_ENTRIES:
        post_save.connect(row_changed, sender=model, dispatch_uid=f"search_{model.__name__}_renamed")
