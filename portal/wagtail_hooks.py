"""Guards of the admin that hold for every page and row."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page

from portal.deletion import refuse_if_held
from portal.films import film_part


@hooks.register("before_delete_page")
def keep_held_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Stop the deletion of a page that something holds."""
    if refuse_if_held(request, [page]):
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return None


@hooks.register("before_delete_snippet")
def keep_held_rows(request: HttpRequest, instances: Sequence[models.Model]) -> HttpResponse | None:
    """Stop the deletion of a row that something holds, one or in bulk."""
    if refuse_if_held(request, instances):
        return redirect(reverse(instances[0].snippet_viewset.get_url_name("list")))
    return None


class DeletePages(DeleteBulkAction):
    """Wagtail's own answers «you may not» to who deletes held pages in bulk; ours says what holds them."""

    def prepare_action(self, objects: Sequence[models.Model], objects_without_access: Any) -> HttpResponse | None:
        """Stop with a message when something holds one of the pages."""
        return redirect(self.next_url) if refuse_if_held(self.request, objects) else None


# After Wagtail's: the last one registered for a model and an action is the one that serves.
hooks.register("register_bulk_action", DeletePages, order=100)


@hooks.register("before_bulk_action")
def keep_held_in_bulk(
    request: HttpRequest, action_type: str, objects: Sequence[models.Model], action: Any
) -> HttpResponse | None:
    """Stop a bulk deletion of which one element is held."""
    if action_type == "delete" and refuse_if_held(request, objects):
        return redirect(action.next_url)
    return None


# After every hook that may refuse the file.
@hooks.register("before_serve_document", order=100)
def serve_film_by_parts(document: AbstractDocument, request: HttpRequest) -> HttpResponse | None:
    """Answer a player that asks for a part of a film."""
    return film_part(document, request.headers.get("Range", ""))
