"""The calendar of a cycle, for visitors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from cycles.models import TrainingCyclePage
from cycles.querysets import sessions_of
from events.calendar import calendar_of
from events.querysets import public_pages
from events.views import calendar_response
from portal.languages import version_in


def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer all the dates of a public cycle, to save or to follow, in the language of the address."""
    public = public_pages().filter(alias_of__isnull=True)
    cycle = get_object_or_404(TrainingCyclePage, id=pk, page_ptr__in=public.values("pk"))
    language = get_language() or "fr"
    occurrences = [occurrence for session in sessions_of(cycle) for occurrence in session.occurrences]
    return calendar_response(
        calendar_of(occurrences, language, name=version_in(cycle, language).title), f"{cycle.slug}.ics"
    )
