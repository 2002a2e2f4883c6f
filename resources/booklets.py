"""The booklet of a dossier: what it holds, and the PDF kept as long as nothing in it changed."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from wagtail.models import Site

from portal.pdf import render_pdf
from resources.citations import citation_of
from resources.models import DossierPage
from resources.querysets import GatheredGroup, gathered
from resources.sources import sources_by_kind

# Rows of the directory that blocks name are no part of the key: their changes show after this time, in seconds.
KEPT = 3600


@dataclass(frozen=True)
class Booklet:
    """A dossier as it would be printed now. `key` changes with whatever the booklet shows."""

    dossier: DossierPage
    groups: list[GatheredGroup]
    key: str

    def stored(self) -> bytes | None:
        """Return the PDF if it was made and kept."""
        return cache.get(self.key)

    def make(self, request: HttpRequest) -> bytes:
        """Return the PDF, made now and kept. Raises PdfUnavailableError where it cannot be made."""
        content = render_pdf("pdf/dossier.html", self.context(request), request)
        cache.set(self.key, content, KEPT)
        cache.set(f"{self.key}:size", len(content), KEPT)
        return content

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the template of the booklet shows."""
        return {
            "page": self.dossier,
            "groups": self.groups,
            "sources": sources_by_kind(self.dossier.introduction, self.dossier.body, self.groups),
            "citation": citation_of(self.dossier, Site.find_for_request(request)),
        }


def booklet_of(dossier: DossierPage, groups: list[GatheredGroup] | None = None) -> Booklet:
    """Return the booklet of a dossier, given what it gathers where that is known already."""
    groups = gathered(dossier) if groups is None else groups
    items = [item for group in groups for item in group.items]
    shown = [
        dossier.live_revision_id,
        dossier.locale.language_code,
        [(item.page.pk, item.page.live_revision_id, item.author, item.note, _date(item)) for item in items],
        [(person.label, person.job_title, person.email, person.phone) for person in dossier.contacts],
    ]
    digest = hashlib.sha256(repr(shown).encode()).hexdigest()[:32]
    return Booklet(dossier, groups, f"booklet:{dossier.pk}:{digest}")


def known_size(booklet: Booklet) -> int | None:
    """Return the size of the PDF in bytes if it was made already."""
    return cache.get(f"{booklet.key}:size")


def _date(item: Any) -> tuple[Any, ...] | None:
    occurrence = item.next_date
    return (occurrence.day, occurrence.status, occurrence.town) if occurrence else None
