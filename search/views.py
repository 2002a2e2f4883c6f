"""The results page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.criteria import Criteria
from search.filters import filter_panel
from search.services import search


def active_language() -> str:
    """Return the language of the page."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what the parameters ask for: see `search.criteria`. What is unknown among them is ignored."""
    language = active_language()
    criteria = Criteria.read(request.GET, language)
    others = [code for code, _name in settings.LANGUAGES if code != criteria.language]
    found = search(criteria.request(), others)
    context = {
        "results": found,
        "language": language,
        "criteria": criteria,
        "filters": filter_panel(criteria, found),
        "query": f"{criteria.query()}&",
    }
    response = render(request, "search/results.html", context)
    # Lists of results are endless and change: crawlers read the pages themselves.
    response["X-Robots-Tag"] = "noindex, follow"
    return response
