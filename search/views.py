"""The results page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.kinds import kind_labels
from search.services import SearchRequest, search


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what `q` finds in the language of the page. `kind` may be repeated; unknown kinds and pages are ignored."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    text = request.GET.get("q", "")
    kinds = [kind for kind in dict.fromkeys(request.GET.getlist("kind")) if kind in kind_labels()]
    others = [code for code, _name in settings.LANGUAGES if code != language]
    found = search(SearchRequest(text, language, kinds=kinds, page=request.GET.get("page")), others)
    query = urlencode({"q": found.query.text, "kind": kinds}, doseq=True)
    context = {"results": found, "language": language, "query": f"{query}&"}
    response = render(request, "search/results.html", context)
    # Lists of results are endless and change: crawlers read the pages themselves.
    response["X-Robots-Tag"] = "noindex, follow"
    return response
