"""What a dossier gathers, as its page and its booklet show it: a constant number of queries, whatever it holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from events.enums import OccurrenceStatus
from events.models import Occurrence
from events.querysets import public_pages

if TYPE_CHECKING:
    from resources.models import DossierPage

# Kinds of pages that are shown together, in the order of the reading.
GROUPS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "resources": (_("Publications, tools and links"), ("resource",)),
    "case-studies": (_("Case studies"), ("case_study",)),
    "training": (_("Training cycles and sessions"), ("cycle", "session")),
    "events": (_("Events and workshops"), ("event",)),
    "reports": (_("Reports of events"), ("report",)),
}


@dataclass(frozen=True)
class GatheredPage:
    """A page gathered by a dossier. `is_untranslated`: the reader's language has none, the source stands in."""

    page: Any
    note: str
    lang: str
    is_untranslated: bool
    next_date: Occurrence | None = None

    @property
    def author(self) -> str:
        """Whose work it is: the organisation that published a resource; "" for what the centre tells itself."""
        organisation = getattr(self.page, "author_organisation", None)
        return organisation.label if organisation else ""


@dataclass
class GatheredGroup:
    """The pages of a kind, in the editor's order."""

    anchor: str
    label: str | Promise
    items: list[GatheredPage] = field(default_factory=list)


def gathered(dossier: "DossierPage") -> list[GatheredGroup]:
    """Return by kind the pages that a dossier gathers and a visitor may read, in the dossier's language."""
    rows = list(dossier.dossier_items.all())
    keys = dict(Page.objects.filter(pk__in=[row.page_id for row in rows]).values_list("pk", "translation_key"))
    versions = _versions(keys.values())
    dates = _next_dates()
    language = dossier.locale.language_code
    groups = {name: GatheredGroup(name, label) for name, (label, _kinds) in GROUPS.items()}
    names = {kind: name for name, (_label, kinds) in GROUPS.items() for kind in kinds}
    for row in rows:
        found = versions.get(keys[row.page_id], {})
        page = found.get(language) or found.get(settings.LANGUAGE_CODE)
        if page is None or page.search_kind not in names:
            continue
        source = found.get(settings.LANGUAGE_CODE, page)
        code = page.locale.language_code
        item = GatheredPage(page, row.label, code, code != language, dates.get(source.path))
        groups[names[page.search_kind]].items.append(item)
    return [group for group in groups.values() if group.items]


def _versions(keys: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return by translation key and language the pages that a visitor may read, without their streams."""
    pages: Any = public_pages().filter(translation_key__in=set(keys), alias_of__isnull=True)
    found: dict[UUID, dict[str, Any]] = {}
    for page in pages.prefetch_related("locale").defer_streamfields().specific():
        found.setdefault(page.translation_key, {})[page.locale.language_code] = page
    resources = [
        page for by_language in found.values() for page in by_language.values() if page.search_kind == "resource"
    ]
    prefetch_related_objects(resources, "author_organisation", "file")
    return found


def _next_dates() -> dict[str, Occurrence]:
    """Map the place in the tree of each page that has a date ahead, or a page with one below it, to the next."""
    ahead = Occurrence.objects.published().upcoming().filter(day__isnull=False)
    ahead = ahead.exclude(status__in=[OccurrenceStatus.CANCELLED, OccurrenceStatus.POSTPONED])
    dates: dict[str, Occurrence] = {}
    for occurrence in ahead.select_related("page", "venue__territory"):
        path = occurrence.page.path
        for length in range(Page.steplen, len(path) + 1, Page.steplen):
            dates.setdefault(path[:length], occurrence)
    return dates
