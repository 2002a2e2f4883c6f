"""Which recommendations stand above the results: one query, and nothing that visitors may not read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction

from search.analysis import clean
from search.criteria import Criteria
from search.desk.models import Promotion
from search.desk.stems import stems_of
from search.models import SearchEntry
from search.providers.pages import page_path
from search.results import SearchResults

MOST_SHOWN = 3


@dataclass(frozen=True)
class Recommended:
    """A recommendation as the page shows it. `lang`: of the page it leads to, where it is not the list's."""

    title: str
    text: str
    url: str
    lang: str
    is_elsewhere: bool


def recommended(text: str, language: str) -> list[Recommended]:
    """Return what the team recommends today to those who ask `text`, in the team's order."""
    stems = stems_of(text, language)
    if not stems:
        return []
    today = timezone.localdate()
    rows = [row for row in readable(language) if row.is_shown_on(today) and row.answers(stems)]
    found = [shown(row) for row in rows[:MOST_SHOWN]]
    return [row for row in found if row.url]


def above(results: SearchResults, criteria: Criteria, language: str) -> Sequence[Recommended]:
    """Return what stands above a list in the page's `language`: nothing once it is narrowed or turned over.

    What the first result leads to already is left out, and stays the first result.
    """
    is_first_page = criteria.page in (None, "", "1")
    if criteria.is_filtered or criteria.language != language or not is_first_page:
        return ()
    first = results.hits[0].entry.url if results.hits else ""
    return [row for row in recommended(results.query.text, results.query.language) if row.url != first]


def readable(language: str) -> QuerySet[Promotion]:
    """Return the active recommendations of a language that lead where visitors may go, in the team's order.

    A page that is a draft or restricted, a document without an entry of the search: they are left out at once.
    """
    path = ExpressionWrapper(OuterRef("page__path"), output_field=CharField())
    restricted = PageViewRestriction.objects.alias(promoted=path).filter(promoted__startswith=F("page__path"))
    entries = SearchEntry.objects.filter(
        source_model="wagtaildocs.document", source_key=Cast(OuterRef("document_id"), CharField())
    )
    public_page = Q(page__live=True, page__alias_of__isnull=True) & ~Exists(restricted)
    allowed = Q(page__isnull=False) & public_page | Q(document__isnull=False) & Exists(entries) | ~Q(external_url="")
    rows = Promotion.objects.filter(allowed, active=True, language=language)
    return rows.select_related("page__locale", "document").order_by("order", "pk")


def state(row: Promotion) -> str:
    """Return in words what visitors see of a promotion today, for the list of the admin."""
    today = timezone.localdate()
    if not row.is_shown_on(today):
        return _("No: not active, or not these days")
    rows = [other for other in readable(row.language) if other.is_shown_on(today)]
    if row not in rows:
        return _("No: what it leads to is not public")
    for line in row.queries.splitlines():
        stems = stems_of(clean(line), row.language)
        rivals = [other for other in rows if stems and other.answers(stems)]
        if len(rivals) > MOST_SHOWN:
            told = {"search": line.strip(), "number": len(rivals), "shown": MOST_SHOWN}
            return _("%(number)s answer “%(search)s”: only the first %(shown)s are shown") % told
    return _("Yes")


def shown(row: Promotion) -> Recommended:
    """Return a recommendation with its address."""
    if row.page:
        language = row.page.locale.language_code
        lang = language if language != row.language else ""
        return Recommended(row.title, row.text, page_path(row.page), lang, False)
    url = row.document.url if row.document else row.external_url
    return Recommended(row.title, row.text, url, "", not row.document)
