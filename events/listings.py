"""Events that are over, as their list tells them: with their dates and what they have left."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from events.enums import CALLED_OFF
from events.models.occurrences import Occurrence
from portal.listings import readable


@dataclass(frozen=True)
class EventDays:
    """When an event is held, as far as a list needs to know. `last`: the last of its days that has come."""

    page_id: int
    key: UUID
    is_foreign: bool
    is_ahead: bool
    was_held: bool
    last: datetime.date


def days_of(page_ids: Iterable[int], language: str) -> list[EventDays]:
    """Return when these events are held, in their order: two queries."""
    rows = Page.objects.filter(pk__in=page_ids).values_list("pk", "translation_key", "locale__language_code")
    pages = {pk: (key, code) for pk, key, code in rows}
    dates: dict[UUID, list[tuple[datetime.date | None, str]]] = defaultdict(list)
    found = Occurrence.objects.filter(page__translation_key__in=[key for key, _code in pages.values()]).order_by()
    for key, *date in found.values_list("page__translation_key", "day", "status"):
        dates[key].append(tuple(date))
    today = timezone.localdate()
    return [
        EventDays(
            page_id=pk,
            key=pages[pk][0],
            is_foreign=pages[pk][1] != language,
            is_ahead=any(day is None or day >= today for day, _status in dates[pages[pk][0]]),
            was_held=any(day and day < today and status not in CALLED_OFF for day, status in dates[pages[pk][0]]),
            last=max((day for day, _ in dates[pages[pk][0]] if day and day <= today), default=datetime.date.min),
        )
        for pk in page_ids
        if pk in pages
    ]


def with_report(keys: Iterable[UUID], report_type: type[Page]) -> set[UUID]:
    """Return which events, by their keys, have a published report, whatever its language."""
    parents = dict(Page.objects.filter(translation_key__in=keys).values_list("path", "translation_key"))
    below = reduce(or_, (Q(path__startswith=path) for path in parents), Q(pk__in=[]))
    paths = readable(report_type).filter(below, alias_of__isnull=True).values_list("path", flat=True)
    return {parents[path[: -Page.steplen]] for path in paths}


def with_report_pages(occurrences: Iterable[Occurrence], language: str, report_type: type[Page]) -> None:
    """Give each date the page that reports on it, in a language else in French, as `report_page`."""
    rows = list(occurrences)
    told = dict(
        report_type.objects.filter(report_occurrences__occurrence__in=rows).values_list(
            "report_occurrences__occurrence", "translation_key"
        )
    )
    found = report_type.objects.live().public().filter(translation_key__in=told.values(), alias_of__isnull=True)
    reports: dict[UUID, Page] = {}
    for report in found.select_related("locale").defer_streamfields():
        if report.locale.language_code == language or report.translation_key not in reports:
            reports[report.translation_key] = report
    for occurrence in rows:
        occurrence.report_page = reports.get(told.get(occurrence.pk))


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
