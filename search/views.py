"""The results page, and what is proposed while one types."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.languages import bilingual
from portal.throttling import is_throttled
from search.analysis import fold
from search.criteria import Criteria
from search.desk import log, promotions
from search.filters import filter_panel
from search.models import Term
from search.services import search
from search.suggestions import suggestions

# Nobody types faster: suggestions asked for by one address in a minute.
MOST_SUGGESTIONS = 240


def active_language() -> str:
    """Return the language of the page."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what the parameters ask for: see `search.criteria`. What is unknown among them is left out."""
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
        "recommended": promotions.above(found, criteria, language),
    }
    response = render(request, "search/results.html", context)
    # Lists of results are endless and change: crawlers read the pages themselves.
    response["X-Robots-Tag"] = "noindex, follow"
    log.count_search(request, response, criteria, found)
    return response


@require_safe
@cache_control(private=True, max_age=60)
def suggested(request: HttpRequest) -> JsonResponse:
    """Answer `q`, which is being typed, with titles: see `search.suggestions`. `said` is for who does not see them."""
    if is_throttled(request, "suggestions", MOST_SUGGESTIONS, 60):
        return JsonResponse({"suggestions": [], "said": ""}, status=429)
    found = suggestions(request.GET.get("q", ""), active_language())
    answer = {
        "suggestions": [{"title": s.title, "kind": s.kind_label, "url": s.url} for s in found],
        "said": ngettext("%(number)d suggestion", "%(number)d suggestions", len(found)) % {"number": len(found)},
    }
    response = JsonResponse(answer)
    response["X-Robots-Tag"] = "noindex"
    return response


def glossary_address() -> list[str]:
    """Return the address of the glossary, for the sitemap."""
    return [reverse("search:glossary")]


@bilingual(addresses=glossary_address)
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Show what the terms mean, in the order of the alphabet."""
    terms = sorted(Term.objects.explained(), key=lambda term: fold(term.short_form))
    return render(request, "search/glossary.html", {"terms": terms})
