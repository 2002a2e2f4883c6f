"""How to cite a dossier, a resource or a case study: one sentence, and the files of bibliography software.

A resource whose author is known is cited as the work: its author and the author's own address, never the page by
which the centre points to it. Without an author, what is cited is the page, and it is the centre's.
"""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Site

from portal.enums import WrittenLanguage
from portal.models import BasePage
from portal.words import one_line
from resources.models import ResourcePage


@dataclass(frozen=True)
class Citation:
    """What identifies a page, or a work, in a bibliography. `author` and `publisher` are names.

    `year` is None for a work whose date nobody gave. `day` is that of the last change of a page, of the publication of
    a work. `language` is that of the title and the text; empty when it is neither French nor English.
    """

    key: str
    author: str
    title: str
    publisher: str
    year: int | None
    day: datetime.date | None
    address: str
    language: str
    consulted: datetime.date
    is_work: bool = False

    @property
    def updated(self) -> datetime.date | None:
        """When the page was last brought up to date; None for a work, of which the centre does not know."""
        return None if self.is_work else self.day


def citation_of(page: BasePage, site: Site | None) -> Citation:
    """Return the citation of a published page by the centre (the site), or of the work that the page presents."""
    if isinstance(page, ResourcePage) and page.author_organisation:
        return _of_work(page)
    centre = site.site_name if site else ""
    today = timezone.localdate()
    updated = page.brought_up_to_date_on or _day(page.last_published_at)
    year = (_day(page.first_published_at) or updated or today).year
    return Citation(
        key=f"{slugify(page.slug)}-{year}",
        author=centre,
        title=page.title,
        publisher=centre,
        year=year,
        day=updated,
        address=page.full_url or "",
        language=page.locale.language_code,
        consulted=today,
    )


def _of_work(page: ResourcePage) -> Citation:
    """Return the citation of what a resource presents; a file that the centre keeps is cited where it is found."""
    titled = _in_language_of_work(page)
    author = page.author_organisation.label
    year = page.published_on.year if page.published_on else None
    language = page.resource_language
    return Citation(
        key=f"{slugify(page.slug)}-{year or 'nd'}",
        author=author,
        title=titled.title,
        publisher=author,
        year=year,
        day=page.published_on,
        address=page.external_url or titled.full_url or "",
        language="" if language == WrittenLanguage.OTHER else language,
        consulted=timezone.localdate(),
        is_work=True,
    )


def _in_language_of_work(page: ResourcePage) -> ResourcePage:
    """Return the page in the language of the work, if it has been written: there stands the title that the work has."""
    if page.locale.language_code == page.resource_language:
        return page
    versions = ResourcePage.objects.live().public().filter(translation_key=page.translation_key, alias_of__isnull=True)
    return versions.filter(locale__language_code=page.resource_language).first() or page


def bibtex(citation: Citation) -> str:
    """Return an entry for BibTeX and biblatex."""
    fields = {
        "author": f"{{{_braced(citation.author)}}}",
        "title": f"{{{_braced(citation.title)}}}",
        "year": str(citation.year or ""),
        "publisher": _braced(citation.publisher),
        "url": citation.address,
        "urldate": citation.consulted.isoformat(),
        "langid": {"fr": "french", "en": "english"}.get(citation.language, citation.language),
    }
    if citation.day:
        fields["date"] = citation.day.isoformat()
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@online{{{citation.key},\n{lines}}}\n"


def ris(citation: Citation) -> str:
    """Return a record of Research Information Systems, which Zotero, EndNote and Mendeley read."""
    pairs = [
        ("TY", "ELEC"),
        ("AU", citation.author),
        ("TI", citation.title),
        ("PB", citation.publisher),
        ("PY", str(citation.year or "")),
        ("DA", f"{citation.day:%Y/%m/%d}" if citation.day else ""),
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
