"""What a term that is being written would change for the searches of the past, before it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.admin_access import requires
from search.desk.models import AskedQuery
from search.desk.trying import Tried, tried
from search.models import Term
from search.query import parse
from search.terms import Lexicon, lexicon_of

# How many past searches of a language are read, and of how many it is told what they find.
MOST_READ, MOST_TRIED = 1000, 15


@dataclass(frozen=True)
class Changed:
    """A past search that a draft changes: how often it was asked, what it finds without the draft and with it."""

    count: int
    before: Tried
    after: Tried

    @property
    def both(self) -> tuple[Tried, Tried]:
        """What it finds, without and with."""
        return self.before, self.after


@dataclass(frozen=True)
class Preview:
    """What a draft changes in a language; `total` counts those that are not shown, too."""

    language: str
    read: int
    total: int
    changed: Sequence[Changed]


def previews(draft: Term) -> list[Preview]:
    """Return by language the past searches that an unsaved term would change, the most asked first."""
    others = list(Term.objects.filter(active=True).exclude(pk=draft.pk))
    saved = list(Term.objects.filter(active=True, pk=draft.pk))
    drafts = [draft] if draft.active else []
    return [
        preview(language, lexicon_of(others + saved, language), lexicon_of(others + drafts, language))
        for language, _name in settings.LANGUAGES
    ]


def preview(language: str, before: Lexicon, after: Lexicon) -> Preview:
    """Return the past searches that are read otherwise with the terms of `after`."""
    counts = past_queries(language)
    changed = [
        (text, count)
        for text, count in counts
        if set(parse(text, language, before).clauses) != set(parse(text, language, after).clauses)
    ]
    shown = [
        Changed(count, tried(text, language, before), tried(text, language, after))
        for text, count in changed[:MOST_TRIED]
    ]
    return Preview(language, len(counts), len(changed), shown)


def past_queries(language: str) -> list[tuple[str, int]]:
    """Return the searches of a language as they are mostly written, in all months, the most asked first."""
    rows = AskedQuery.objects.shown().filter(language=language)
    asked = rows.values("stem").annotate(asked=Sum("count")).order_by("-asked", "stem")
    counts = dict(asked.values_list("stem", "asked")[:MOST_READ])
    own = rows.filter(stem__in=list(counts)).order_by("count", "month", "pk")
    written = dict(own.values_list("stem", "shown"))
    return [(written[stem], count) for stem, count in counts.items()]


@requires("search.view_askedquery")
@require_POST
def try_term(request: HttpRequest) -> HttpResponse:
    """Show what the term in the form would change; nothing is saved."""
    pk = request.GET.get("term", "")
    term = Term.objects.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None
    needed = "search.change_term" if term else "search.add_term"
    check = requires(needed)
    return check(_tried)(request, term)


def _tried(request: HttpRequest, term: Term | None) -> HttpResponse:
    form_class = Term.snippet_viewset.get_edit_handler().get_form_class()  # type: ignore[attr-defined]
    form = form_class(request.POST, instance=term or Term(), for_user=request.user)
    is_valid = form.is_valid()
    context = {
        "header_title": _("Try a term on past searches"),
        "form": form,
        "term": form.instance,
        "previews": previews(form.instance) if is_valid else [],
    }
    return render(request, "admin/search/tried_term.html", context, status=200 if is_valid else 422)
