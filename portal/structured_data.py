"""What search engines read of a page: JSON-LD in the words of schema.org, built as data (https://schema.org/docs/).

Each page type says its own part in `structured_data()`; the way to the page and the centre are added here, and one
template writes the whole. Nothing is said of what visitors cannot read: no private link, no e-mail of a person.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from portal.social import PICTURE

Node = dict[str, Any]
CONTEXT = "https://schema.org"
# What each thing must say of itself. Asserted on every page type in every language: tests/demo/test_structured_data.py.
REQUIRED: dict[str, tuple[str, ...]] = {
    "Article": (
        "headline",
        "inLanguage",
        "url",
        "datePublished",
        "dateModified",
        "author",
        "publisher",
        "mainEntityOfPage",
    ),
    "BreadcrumbList": ("itemListElement",),
    "Course": ("name", "description", "provider", "url", "inLanguage"),
    "CourseInstance": ("name", "startDate", "endDate", "eventStatus", "courseMode", "location", "url", "inLanguage"),
    "Event": (
        "name",
        "startDate",
        "endDate",
        "eventStatus",
        "eventAttendanceMode",
        "location",
        "organizer",
        "url",
        "inLanguage",
    ),
    "ListItem": ("position", "name", "item"),
    "Offer": ("name", "price", "priceCurrency", "category", "url"),
    "Organization": ("name",),
    "Person": ("name",),
    "Place": ("name", "address"),
    "PostalAddress": ("addressLocality",),
    "VirtualLocation": ("url",),
}
# Characters that could end a script, or a line of JavaScript: written as JSON escapes, they mean the same.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


class ScriptData(str):
    """Data as the text of a script element. No title can end it, so that templates write it as it is."""

    __slots__ = ()

    def __new__(cls, data: Any) -> "ScriptData":
        """Return `data` as JSON, without a character that HTML gives a meaning to."""
        return super().__new__(cls, json.dumps(data, ensure_ascii=False).translate(ESCAPES))

    def __html__(self) -> str:
        return self


def node(kind: str, **properties: Any) -> Node:
    """Return a thing of schema.org, without the properties that are empty (zero is not)."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value not in (None, "", [], {})}}


def missing(data: Any) -> list[str]:
    """Return what `data` lacks of the table above, as «Event.location», in it and in all that it holds."""
    return [
        f"{part['@type']}.{name}"
        for part in nodes_in(data)
        for name in REQUIRED.get(part["@type"], ("a line in the table",))
        if name not in part
    ]


def nodes_in(data: Any) -> Iterator[Node]:
    """Yield the things in `data`, at any depth; what only refers to another thing is none."""
    if isinstance(data, dict):
        if "@type" in data:
            yield data
        for value in data.values():
            yield from nodes_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from nodes_in(value)


def centre_of(page: Page) -> Node:
    """Return the reference to the centre that publishes a page; the centre itself is described once, beside it."""
    return {"@id": f"{_root_url(page)}/#centre"}


def article(page: Page) -> Node:
    """Return a page that is read as an article, by the centre."""
    return node(
        "Article",
        headline=page.title,
        description=page.summary,
        inLanguage=page.locale.language_code,
        url=page.full_url,
        mainEntityOfPage=page.full_url,
        datePublished=page.first_published_at and page.first_published_at.isoformat(),
        dateModified=_modified(page),
        image=picture_of(page),
        author=centre_of(page),
        publisher=centre_of(page),
    )


def _modified(page: Page) -> str:
    """Return the day somebody last checked the content, else the instant of the last publication."""
    when = page.brought_up_to_date_on or page.last_published_at
    return when.isoformat() if when else ""


def picture_of(page: Page) -> str:
    """Return the whole address of the picture of a page, as shared links show it; "" without one."""
    image = page.listing_image
    if image is None:
        return ""
    try:
        url = image.get_rendition(PICTURE).url
    except SourceImageIOError:
        return ""
    return url if "://" in url else f"{_root_url(page)}{url}"


def _postal(address: str) -> Node | str:
    """Return an address of several lines, the last with postcode and town, as a postal address; "" without one."""
    *street, last = address.strip().splitlines() or [""]
    found = re.fullmatch(r"\s*(\d{5})\s+(.+?)\s*", last)
    if found is None:
        return node("PostalAddress", addressLocality=last.strip(), streetAddress=", ".join(street)) if last else ""
    return node("PostalAddress", streetAddress=", ".join(street), postalCode=found[1], addressLocality=found[2])


def page_graph(page: Page | None, centre: Any) -> Node | None:
    """Return all that is said of a page and of the centre; None for what is not published, or copies another page.

    `centre` has `name`, `phone`, `address` and `social_links`, as the settings of the site.
    """
    if page is None or page.pk is None or not page.live or page.alias_of_id or not page.full_url:
        return None
    parts = [_centre(page, centre), *page.structured_data()]
    if len(page.breadcrumbs) > 1:
        parts.append(_way_to(page))
    return {"@context": CONTEXT, "@graph": parts}


def _centre(page: Page, centre: Any) -> Node:
    organisation = node(
        "Organization",
        name=centre.name or str(settings.WAGTAIL_SITE_NAME),
        url=f"{_root_url(page)}/",
        telephone=centre.phone,
        address=_postal(centre.address),
        sameAs=[url for _name, url in centre.social_links],
    )
    return {**organisation, **centre_of(page)}


def _way_to(page: Page) -> Node:
    steps = [
        node("ListItem", position=position, name=step.title, item=step.full_url)
        for position, step in enumerate(page.breadcrumbs, start=1)
    ]
    return node("BreadcrumbList", itemListElement=steps)


def _root_url(page: Page) -> str:
    parts = page.get_url_parts()
    return parts[1] if parts else ""
