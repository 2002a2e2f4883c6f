"""The only files that a booklet may read: our static files and our pictures. Imported where WeasyPrint runs."""

import mimetypes
import posixpath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from weasyprint.urls import URLFetcher, URLFetcherResponse

# The folders of uploaded files with a public address (see portal/urls.py); a view checks the privacy of documents.
PICTURES = ("images/", "avatar_images/")


class OwnFiles(URLFetcher):
    """Answers for the addresses of our static files and pictures, and refuses every other."""

    def __init__(self, base: str) -> None:
        super().__init__(allowed_protocols=[], allow_redirects=False)
        self.host = urlsplit(base).netloc

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return a file of ours. Raises ValueError for everything else: WeasyPrint then leaves the thing out."""
        parts = urlsplit(url)
        path = posixpath.normpath(unquote(parts.path))
        if parts.scheme not in ("http", "https") or parts.netloc != self.host:
            raise ValueError(f"Not a file of ours: {url}")
        if path.startswith(settings.STATIC_URL):
            body = _static_file(path.removeprefix(settings.STATIC_URL))
        elif path.startswith(tuple(f"{settings.MEDIA_URL}{folder}" for folder in PICTURES)):
            body = default_storage.open(path.removeprefix(settings.MEDIA_URL)).read()
        else:
            raise ValueError(f"Not a file that booklets may read: {url}")
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body, {"Content-Type": kind})


def _static_file(name: str) -> bytes:
    """Return a static file: from its source, or by its published name where collectstatic gave it another."""
    if found := finders.find(name):
        with open(found, "rb") as file:  # noqa: PTH123
            return file.read()
    with staticfiles_storage.open(name) as file:
        return file.read()
