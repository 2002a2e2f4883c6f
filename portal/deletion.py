"""Deleting what something else holds is refused with a sentence and a link to what holds it.

Wagtail's page, bulk and viewset deletions answer a protected row with an uncaught error (wagtail/wagtail#1602)."""

from collections.abc import Sequence

from django.contrib import messages
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

SHOWN_HOLDERS = 5


def holders_of(instances: Sequence[models.Model]) -> list[models.Model]:
    """Return the rows that forbid deleting these (pages count with their descendants); empty if nothing does."""
    for instance in instances:
        if isinstance(instance, Page):
            rows: Sequence[models.Model] | models.QuerySet = Page.objects.descendant_of(instance, inclusive=True)
        else:
            rows = [instance]
        try:
            Collector(using=DEFAULT_DB_ALIAS, origin=instance).collect(rows)
        except ProtectedError as error:
            return list(error.protected_objects)
        except RestrictedError as error:
            return list(error.restricted_objects)
    return []


def refuse_if_held(request: HttpRequest, instances: Sequence[models.Model]) -> bool:
    """Tell whether a deletion must stop; if so, leave the user a message that names and links what holds the rows."""
    holders = holders_of(instances)
    if not holders:
        return False
    finder = AdminURLFinder(request.user)
    lines = format_html_join("", "<li>{}</li>", ((_linked(row, finder),) for row in holders[:SHOWN_HOLDERS]))
    more = len(holders) - SHOWN_HOLDERS
    messages.error(
        request,
        format_html(
            "{} <ul>{}</ul> {}",
            _("This cannot be deleted: it is used by what follows. Remove or change these first."),
            lines,
            _("… and %(count)d more.") % {"count": more} if more > 0 else "",
        ),
    )
    return True


def _linked(row: models.Model, finder: AdminURLFinder) -> str:
    """Return the name of a row, linked to its page in the admin where the user may open it."""
    holder = getattr(row, "page", None)
    shown = holder if isinstance(holder, Page) and not finder.get_edit_url(row) else row
    try:
        url = finder.get_edit_url(shown)
    except NoReverseMatch:
        url = None
    label = f"{row._meta.verbose_name}: {row}" if shown is row else f"{row._meta.verbose_name}: {shown}"
    return format_html('<a href="{}">{}</a>', url, label) if url else label
