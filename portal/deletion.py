"""Deleting what something else holds is refused with a sentence and a link to what holds it.

Wagtail's page, bulk and viewset deletions answer a protected row with an uncaught error (wagtail/wagtail#1602)."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Orderable, Page, ReferenceIndex

SHOWN_HOLDERS = 5


def holders_of(instances: Sequence[models.Model]) -> list[models.Model]:
    """Return what forbids deleting these (pages count with their descendants); empty if nothing does."""
    return _protecting_rows(instances) or _naming_pages(instances)


def _naming_pages(instances: Sequence[models.Model]) -> list[models.Model]:
    """Return the pages whose blocks name rows of the directory, each work once: no foreign key protects those rows.

    A page or file that disappears is left out of the text that links to it; a speaker or a town would leave a hole.
    """
    rows = [instance for instance in instances if not isinstance(instance, Page)]
    naming: set[int] = set()
    for row in rows:
        references = ReferenceIndex.get_references_to(row).filter(
            base_content_type=ContentType.objects.get_for_model(Page)
        )
        # A keyword goes away by itself.
        references = references.exclude(model_path__startswith="page_keywords.")
        naming |= {int(pk) for pk in references.values_list("object_id", flat=True)}
    pages = Page.objects.filter(pk__in=naming, alias_of__isnull=True).order_by("path")
    return list({page.translation_key: page for page in reversed(pages)}.values())[::-1]


def _protecting_rows(instances: Sequence[models.Model]) -> list[models.Model]:
    """Return the rows whose foreign keys forbid the deletion."""
    for instance in instances:
        if isinstance(instance, Page):
            rows: Sequence[models.Model] | models.QuerySet = Page.objects.descendant_of(instance, inclusive=True)
        else:
            rows = [instance]
        try:
            Collector(using=DEFAULT_DB_ALIAS, origin=instance).collect(rows)
        except ProtectedError as error:
            return _once(error.protected_objects)
        except RestrictedError as error:
            return _once(error.restricted_objects)
    return []


def _once(rows: Iterable[models.Model]) -> list[models.Model]:
    """Return the rows, those of a page as the page itself, each work once whatever its languages."""
    shown: dict[object, models.Model] = {}
    for row in rows:
        page = getattr(row, "page", None)
        is_part = isinstance(page, Page) and isinstance(row, Orderable)
        shown.setdefault(page.translation_key if is_part else (type(row), row.pk), page if is_part else row)
    return list(shown.values())


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
    kind = shown.specific_class._meta.verbose_name if isinstance(shown, Page) else row._meta.verbose_name
    label = _("%(kind)s: %(name)s") % {"kind": capfirst(str(kind)), "name": shown}
    return format_html('<a href="{}">{}</a>', url, label) if url else label
