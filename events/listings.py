"""Events that are over, as their list tells them: with their dates and what they have left."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from wagtail.models import Page

from events.models.occurrences import Occurrence


def with_dates(pages: Iterable[Page]) -> None:
    """Give each page its dates, all in the same few queries."""
    rows = list(pages)
    dates = Occurrence.objects.by_page(rows)
    for page in rows:
        page.occurrences = dates[page.translation_key]


def with_reports(pages: Iterable[Page], language: str, report_type: type[Page]) -> None:
    """Give each event its published `reports`: in a language, else in French; the same few queries for all."""
    rows = list(pages)
    reports = _reports_by_event(rows, language, report_type) if rows else {}
    for page in rows:
        page.reports = list(reports.get(page.translation_key, {}).values())


def _reports_by_event(rows: list[Page], language: str, report_type: type[Page]) -> dict[UUID, dict[UUID, Page]]:
    """Map the key of each event to its reports by their own key."""
    keys = {page.translation_key for page in rows}
    events = dict(Page.objects.filter(translation_key__in=keys).values_list("path", "translation_key"))
    below = Q(pk__in=[])
    for path in events:
        below |= Q(path__startswith=path)
    found = report_type.objects.live().public().filter(below, alias_of__isnull=True).select_related("locale")
    by_event: dict[UUID, dict[UUID, Page]] = defaultdict(dict)
    for report in found.order_by("path").defer_streamfields():
        event = events.get(report.path[: -Page.steplen])
        known = by_event[event].get(report.translation_key)
        if report.locale.language_code == language or (
            known is None and report.locale.language_code == settings.LANGUAGE_CODE
        ):
            by_event[event][report.translation_key] = report
    return by_event
