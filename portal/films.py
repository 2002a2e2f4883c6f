"""Films of the portal, served by parts: Safari plays nothing else, and every player needs it to move in a film."""

import re

from django.http import HttpResponse
from wagtail.documents.models import AbstractDocument

FILM_FILES = ("mp4", "webm")
# A player that wants more asks again.
MAXIMUM_BYTES = 2 * 1024 * 1024


def film_part(document: AbstractDocument, wanted: str) -> HttpResponse | None:
    """Answer the header `Range` of a player with that part of a film, or its beginning (RFC 9110, section 14).

    None for any other file, and for what the header may ask but players do not (several parts, the last bytes): the
    whole file answers those. Who may have the file is not asked here.
    """
    asked = re.fullmatch(r"bytes=(\d{1,15})-(\d{0,15})", wanted)
    if not asked or document.file_extension.lower() not in FILM_FILES:
        return None
    size = document.file.size
    first = int(asked[1])
    last = min(int(asked[2] or size), size - 1, first + MAXIMUM_BYTES - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with document.open_file() as film:
        film.seek(first)
        part = film.read(last - first + 1)
    headers = {"Content-Range": f"bytes {first}-{last}/{size}", "Accept-Ranges": "bytes"}
    return HttpResponse(part, status=206, content_type=document.content_type, headers=headers)
