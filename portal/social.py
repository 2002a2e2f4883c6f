"""What a link to the portal shows where it is shared (the Open Graph protocol, and X's cards, which read it too)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import get_language
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from portal.languages import full_address
from portal.words import one_line

# The size that social networks ask for, in pixels.
PICTURE = "fill-1200x630|format-jpeg"
LONGEST_DESCRIPTION = 300
LOCALES = {"fr": "fr_FR", "en": "en_GB"}


@dataclass(frozen=True)
class SharedPicture:
    """A picture by its whole address. `alt` is empty when it only decorates."""

    url: str
    width: int
    height: int
    alt: str


def social_card(request: HttpRequest, page: Page | None, links: dict[str, Any], centre: Any) -> dict[str, Any]:
    """Return what describes a page or a view when it is shared; `links` are those of `portal.languages.head_links`.

    The title is the page's own, written by the template. A page without a picture has none: nothing is invented.
    """
    language = page.shown_language if hasattr(page, "shown_language") else get_language() or ""
    others = [code for code, _url in links["alternates"] if code in LOCALES and code != language]
    return {
        "description": _description(page) or getattr(centre, "tagline", ""),
        "kind": "article" if getattr(page, "is_article", False) else "website",
        "url": links["canonical"],
        "locale": LOCALES.get(language, ""),
        "other_locales": [LOCALES[code] for code in others],
        "site_name": getattr(centre, "name", ""),
        "picture": _picture(request, page),
    }


def _description(page: Page | None) -> str:
    text = getattr(page, "search_description", "") or getattr(page, "summary", "")
    return Truncator(one_line(text)).chars(LONGEST_DESCRIPTION)


def _picture(request: HttpRequest, page: Page | None) -> SharedPicture | None:
    image = getattr(page, "listing_image", None)
    if image is None:
        return None
    try:
        rendition = image.get_rendition(PICTURE)
    except SourceImageIOError:
        # The file is gone: the page is shared without.
        return None
    url = rendition.url if "://" in rendition.url else full_address(rendition.url, request)
    return SharedPicture(url, rendition.width, rendition.height, page.listing_image_alt)
