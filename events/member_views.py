"""Member territories, and «is mine a member?»: a page that works by its address alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from directory.member_reply import LONGEST_QUESTION, reply_to
from events.enums import BOOKABLE_STATES, OccurrenceState
from events.members import day_prices, member_groups
from events.timetable import next_occurrences
from portal.languages import bilingual

DATES_SHOWN = 4
# A full date would only put a visitor on its waiting list.
WITH_ROOM = BOOKABLE_STATES - {OccurrenceState.FULL}


@bilingual(addresses=lambda: [reverse("events:members")])
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Answer who is a member today, and whether the one that `?q=` names is (`?of=`: the choice made among several).

    Answers to questions stay out of search engines.
    """
    today = timezone.localdate()
    question, chosen = request.GET.get("q", "").strip(), request.GET.get("of", "")
    is_asked = bool(question or chosen)
    groups = member_groups(today)
    open_dates = [
        occurrence
        for occurrence in next_occurrences(get_language() or "fr", limit=4 * DATES_SHOWN)
        if occurrence.state in WITH_ROOM
    ]
    context = {
        "question": question[:LONGEST_QUESTION],
        "longest": LONGEST_QUESTION,
        "is_asked": is_asked,
        "reply": reply_to(question, chosen, today) if is_asked else None,
        "prices": day_prices(today),
        "groups": groups,
        "places": [place for group in groups for place in group.places],
        "open_dates": open_dates[:DATES_SHOWN],
        "is_hidden": is_asked,
    }
    return render(request, "events/members.html", context)
