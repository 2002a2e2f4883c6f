"""What a link to the portal shows where it is shared (the Open Graph protocol, and X's cards, which read it too)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.text import Truncator
from django.utils.translation import get_language
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from portal.languages import full_address
from portal.words import one_line

# The size that social networks ask for, in pixels.
PICTURE = "fill-1200x630|format-jpeg"
LOGO = "max-1200x630|format-png"
DRAWN, DRAWN_SIZE = "icons/shared.png", (1200, 630)
LONGEST_DESCRIPTION = 300
# In Wagtail's tree the homes of the languages stand right below the root.
HOME_DEPTH = 2
LOCALES = {"fr": "fr_FR", "en": "en_GB"}


@dataclass(frozen=True)
class SharedPicture:
    """A picture by its whole address. `alt` is empty when it only decorates. A logo is no picture to show large."""

    url: str
    width: int
    height: int
    alt: str
    is_large: bool = True


def social_card(request: HttpRequest, page: Page | None, links: dict[str, Any], centre: Any) -> dict[str, Any]:
    """Return what describes a page or a view when it is shared; `links` are those of `portal.languages.head_links`.

    The title is the page's own, written by the template; a home has the centre's name. A page without a picture is
    shared with the centre's logo, else with the drawing of the portal.
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
        "title": _name_of_home(page, centre),
        "picture": _picture(request, page) or _logo(request, centre) or _drawing(request, centre),
    }


def _description(page: Page | None) -> str:
    text = getattr(page, "search_description", "") or getattr(page, "summary", "")
    return Truncator(one_line(text)).chars(LONGEST_DESCRIPTION)


def _name_of_home(page: Page | None, centre: Any) -> str:
    """Return the centre's name for a home without a title written for search engines; "" for everything else."""
    is_home = page is not None and page.depth == HOME_DEPTH and not page.seo_title
    return getattr(centre, "name", "") if is_home else ""


def _picture(request: HttpRequest, page: Page | None) -> SharedPicture | None:
    image = getattr(page, "listing_image", None)
    return _rendered(request, image, PICTURE, page.listing_image_alt) if image else None


def _logo(request: HttpRequest, centre: Any) -> SharedPicture | None:
    image = getattr(centre, "logo", None)
    return _rendered(request, image, LOGO, centre.name, is_large=False) if image else None


def _drawing(request: HttpRequest, centre: Any) -> SharedPicture:
    url = static(DRAWN)
    return SharedPicture(_whole(url, request), *DRAWN_SIZE, getattr(centre, "name", ""))


def _rendered(request: HttpRequest, image: Any, size: str, alt: str, *, is_large: bool = True) -> SharedPicture | None:
    try:
        rendition = image.get_rendition(size)
    except SourceImageIOError:
        # The file is gone: the page is shared without.
        return None
    return SharedPicture(_whole(rendition.url, request), rendition.width, rendition.height, alt, is_large)


def _whole(url: str, request: HttpRequest) -> str:
    return url if "://" in url else full_address(url, request)
