"""A cycle is found by what its sessions ahead cost, where they are held and whether they have room."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page

from cycles.models import SessionPage
from search import services


def session_changed(instance: SessionPage, raw: bool = False, **kwargs: Any) -> None:
    """Refresh the cycle of a session after the commit. Its dates tell of themselves (`events.search`)."""
    cycles = Page.objects.none() if raw else Page.objects.live().filter(path=instance.path[: -Page.steplen])
    for cycle in cycles:
        services.refresh(cycle)


def connect() -> None:
    """Listen to sessions published, withdrawn and deleted."""
    for signal in (post_save, post_delete):
        signal.connect(session_changed, sender=SessionPage, dispatch_uid="search_session_of_cycle")
