"""How to cite a dossier, a resource or a case study: one sentence, and the files of bibliography software."""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Site

from portal.models import BasePage
from portal.words import one_line


@dataclass(frozen=True)
class Citation:
    """What identifies a page in a bibliography. `author` and `publisher` are names; `updated` may be unknown."""

    key: str
    author: str
    title: str
    publisher: str
    year: int
    updated: datetime.date | None
    address: str
    language: str
    consulted: datetime.date


def citation_of(page: BasePage, site: Site | None) -> Citation:
    """Return the citation of a published page: by its own author where it has one, else by the centre (the site)."""
    centre = site.site_name if site else ""
    organisation = getattr(page, "author_organisation", None)
    published = getattr(page, "published_on", None) or _day(page.first_published_at)
    updated = page.brought_up_to_date_on or _day(page.last_published_at)
    today = timezone.localdate()
    year = (published or updated or today).year
    return Citation(
        key=f"{slugify(page.slug)}-{year}",
        author=organisation.label if organisation else centre,
        title=page.title,
        publisher=centre,
        year=year,
        updated=updated,
        address=page.full_url or "",
        language=page.locale.language_code,
        consulted=today,
    )


def bibtex(citation: Citation) -> str:
    """Return an entry for BibTeX and biblatex."""
    fields = {
        "author": f"{{{_braced(citation.author)}}}",
        "title": f"{{{_braced(citation.title)}}}",
        "year": str(citation.year),
        "publisher": _braced(citation.publisher),
        "url": citation.address,
        "urldate": citation.consulted.isoformat(),
        "langid": {"fr": "french", "en": "english"}.get(citation.language, citation.language),
    }
    if citation.updated:
        fields["date"] = citation.updated.isoformat()
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@online{{{citation.key},\n{lines}}}\n"


def ris(citation: Citation) -> str:
    """Return a record of Research Information Systems, which Zotero, EndNote and Mendeley read."""
    pairs = [
        ("TY", "ELEC"),
        ("AU", citation.author),
        ("TI", citation.title),
        ("PB", citation.publisher),
        ("PY", str(citation.year)),
        ("DA", f"{citation.updated:%Y/%m/%d}" if citation.updated else ""),
        ("UR", citation.address),
        ("Y2", f"{citation.consulted:%Y/%m/%d}"),
        ("LA", citation.language),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in pairs if value or tag == "ER")


def _day(moment: datetime.datetime | None) -> datetime.date | None:
    return timezone.localdate(moment) if moment else None


def _braced(text: str) -> str:
    """Return a text that BibTeX takes literally: its own signs escaped, no brace left open."""
    return re.sub(r"[&%$#_]", lambda sign: f"\\{sign[0]}", one_line(text).replace("\\", "").translate(_NO_BRACES))


_NO_BRACES = str.maketrans("", "", "{}")
