"""Downloads beside the pages: the booklet of a dossier, citations for bibliography software."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.models import Page, Site

from portal.pdf import PdfUnavailableError
from portal.throttling import is_throttled
from resources.booklets import booklet_of
from resources.citations import bibtex, citation_of, ris
from resources.models import CaseStudyPage, DossierPage, ResourcePage

# Booklets that one visitor may have made, and all of them together, in ten minutes. Those kept are not counted.
BOOKLETS_PER_VISITOR = 10
BOOKLETS_OF_ALL = 120
TEN_MINUTES = 600
CITATION_FORMATS = {"bib": (bibtex, "application/x-bibtex"), "ris": (ris, "application/x-research-info-systems")}


@require_safe
def dossier_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the booklet of a published dossier, in the dossier's language.

    A restriction answers as it does before the page; 429 asks to come back later, 503 to print from the browser.
    """
    dossier = get_object_or_404(DossierPage.objects.live().filter(alias_of__isnull=True), id=pk)
    serve: Callable[..., HttpResponse] = _serve_booklet
    # As Wagtail does before it serves a page: what restricts the page restricts its booklet.
    for wrap in reversed(hooks.get_hooks("on_serve_page")):
        serve = wrap(serve)
    return serve(dossier, request, [], {})


def _serve_booklet(dossier: DossierPage, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse:
    with translation.override(dossier.locale.language_code):
        booklet = booklet_of(dossier)
        content = booklet.stored()
        if content is None:
            if _is_throttled(request):
                return render(request, "pdf/unavailable.html", {"dossier": dossier, "is_busy": True}, status=429)
            try:
                content = booklet.make(request)
            except PdfUnavailableError:
                return render(request, "pdf/unavailable.html", {"dossier": dossier}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{slugify(dossier.title)[:80] or 'dossier'}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


@require_safe
def citation(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """Answer the citation of a published dossier, resource or case study as a file. Raises Http404 for another page."""
    if extension not in CITATION_FORMATS:
        raise Http404
    page = get_object_or_404(
        Page.objects.live().public().type(DossierPage, ResourcePage, CaseStudyPage).filter(alias_of__isnull=True), pk=pk
    ).specific
    write, content_type = CITATION_FORMATS[extension]
    with translation.override(page.locale.language_code):
        body = write(citation_of(page, Site.find_for_request(request)))
    response = HttpResponse(body, content_type=f"{content_type}; charset=utf-8")
    name = f"{slugify(page.title)[:80] or 'page'}.{extension}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _is_throttled(request: HttpRequest) -> bool:
    by_one = is_throttled(request, "booklet", BOOKLETS_PER_VISITOR, TEN_MINUTES)
    return by_one or is_throttled(request, "booklets", BOOKLETS_OF_ALL, TEN_MINUTES, who="everybody")
