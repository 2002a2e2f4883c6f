"""Sessions repeated on several dates: one attends one of them."""

from collections.abc import Iterable

from wagtail.models import Page

from events.enums import Attend
from events.models import Occurrence


def rivals_of(occurrence_ids: Iterable[int]) -> dict[int, set[int]]:
    """Map each date of a session that one attends once to the other dates of that session."""
    dates = dict(Occurrence.objects.filter(pk__in=set(occurrence_ids)).values_list("pk", "page_id"))
    repeated = [
        page.pk
        for page in Page.objects.filter(pk__in=set(dates.values())).specific()
        if getattr(page, "attend", "") == Attend.ONE
    ]
    by_page: dict[int, set[int]] = {page_id: set() for page_id in repeated}
    for pk, page_id in Occurrence.objects.filter(page__in=repeated).values_list("pk", "page_id"):
        by_page[page_id].add(pk)
    return {pk: by_page[page_id] - {pk} for pk, page_id in dates.items() if page_id in by_page}
