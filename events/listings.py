"""Events that are over, as their list tells them: with their dates and what they have left."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone
from wagtail.models import Page

from events.models.occurrences import Occurrence


def latest_first(page_ids: Iterable[int], language: str) -> list[int]:
    """Order events by the last of their days that has come, the latest first; those in a language before the others."""
    pages = {
        pk: (key, code != language)
        for pk, key, code in Page.objects.filter(pk__in=page_ids).values_list(
            "pk", "translation_key", "locale__language_code"
        )
    }
    past = Occurrence.objects.filter(
        page__translation_key__in=[key for key, _is_other in pages.values()], day__lte=timezone.localdate()
    )
    last = dict(past.order_by().values_list("page__translation_key").annotate(Max("day")))

    def place(pk: int) -> tuple[bool, int]:
        key, is_other = pages[pk]
        return is_other, -last.get(key, datetime.date.min).toordinal()

    return sorted(pages, key=place)


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
