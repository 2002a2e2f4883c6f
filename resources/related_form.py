"""The form of a page with related pages: what the search proposes is ticked, and joins the list when it is saved."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from search.enums import FacetName
from search.models import SearchEntry
from search.providers.pages import PAGE_MODEL
from search.related import PROPOSED, Related, proposals

MOST_ACCEPTED = 20


class ProposedPages(forms.MultipleChoiceField):
    """Primary keys of pages. What was proposed when the form was shown may be chosen already when it is saved."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        """Accept any key: `RelatedForm.save` keeps those that visitors may read."""
        return value.isdecimal() and len(value) < 12


class RelatedForm(WagtailAdminPageForm):
    """Adds the proposals to the form of a page."""

    accepted_related = ProposedPages(label=_("Proposed"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("accepted_related")
        if field is None:
            return
        found = proposals(self.instance, works_of(self.chosen())) if self.instance.pk else []
        field.choices = [(str(row.page_id), described(row)) for row in found]
        field.help_text = (
            _("Tick what goes with this page, and save: it joins the list above, where it can be ordered or removed.")
            if found
            else _("Nothing to propose yet: themes, territories and programmes, once saved, tell what goes together.")
        )

    def chosen(self) -> list[int]:
        """Return the pages chosen already, and those that a dossier gathers."""
        rows = [row.related_id for row in self.instance.related_rows.all()]
        gathered = getattr(self.instance, "dossier_items", None)
        return rows + ([row.page_id for row in gathered.all()] if gathered is not None else [])

    def save(self, commit: bool = True) -> Page:
        """Put what was ticked at the end of the list, in which each page stands once."""
        page = super().save(commit=commit)
        known, last = {page.pk}, 0
        for row in list(page.related_rows.all()):
            last = max(last, row.sort_order or 0)
            if row.related_id in known:
                page.related_rows.remove(row)
            known.add(row.related_id)
        for number, pk in enumerate(public_pages(self.cleaned_data.get("accepted_related", [])), last + 1):
            if pk not in known:
                page.related_rows.add(page.related_rows.model(related_id=pk, sort_order=number))
        if commit:
            page.related_rows.commit()
        return page


def public_pages(keys: Iterable[str]) -> list[int]:
    """Return those of the pages that visitors may read and that may be proposed, in the order given."""
    wanted = list(dict.fromkeys(keys))[:MOST_ACCEPTED]
    entries = SearchEntry.objects.filter(source_model=PAGE_MODEL, source_key__in=wanted, kind__in=PROPOSED, anchor="")
    known = set(entries.values_list("source_key", flat=True))
    return [int(key) for key in wanted if key in known]


def works_of(keys: Iterable[int]) -> list[str]:
    """Return the works that pages are versions of."""
    return [str(key) for key in Page.objects.filter(pk__in=list(keys)).values_list("translation_key", flat=True)]


def described(row: Related) -> SafeString:
    """Return a proposal for its box: title, kind, and why."""
    told = pgettext("why a page is proposed", "%(name)s: %(value)s")
    reasons = [told % {"name": FacetName(facet.name).label, "value": facet.label} for facet in row.shared[:3]]
    if row.words:
        reasons.append(pgettext("why a page is proposed", "words: %(words)s") % {"words": ", ".join(row.words)})
    return format_html(
        "<span>{} <small>({})<br>{}</small></span>", row.entry.title, row.kind_label, " · ".join(reasons)
    )
