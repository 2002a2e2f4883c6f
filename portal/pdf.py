"""Pages as PDF booklets: tagged, with their language, their title and bookmarks (WeasyPrint, from Django templates).

WeasyPrint needs libraries of the system (see docs/operations.md). It is imported when a booklet is asked for: without
them the site runs, and the download says so.
"""

from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.template.loader import render_to_string

# ISO 14289-1: tags, and the title rather than the file's name in the reader's window.
VARIANT = "pdf/ua-1"
PICTURE_DPI = 200


class PdfUnavailableError(Exception):
    """This machine lacks what WeasyPrint needs."""


def is_available() -> bool:
    """Tell whether this machine can make booklets."""
    try:
        _require_weasyprint()
    except PdfUnavailableError:
        return False
    return True


def render_pdf(template: str, context: dict[str, Any], request: HttpRequest) -> bytes:
    """Return the PDF of a template rendered in the active language.

    Only our own static files and pictures are read: nothing is fetched from the network. Addresses of our pages are
    written whole, since paper knows no host. Raises PdfUnavailableError where WeasyPrint cannot run.
    """
    _require_weasyprint()
    from weasyprint import HTML

    from portal.pdf_files import OwnFiles

    base = request.build_absolute_uri("/")
    html = with_whole_addresses(render_to_string(template, context, request=request), base)
    document = HTML(string=html, base_url=base, url_fetcher=OwnFiles(base))
    return document.write_pdf(pdf_variant=VARIANT, optimize_images=True, dpi=PICTURE_DPI)


def with_whole_addresses(html: str, base: str) -> str:
    """Return a document whose links to our own pages begin with our host."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a", href=True):
        if link["href"].startswith("/"):
            link["href"] = urljoin(base, link["href"])
    return str(soup)


def _require_weasyprint() -> None:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        raise PdfUnavailableError(str(error)) from error
