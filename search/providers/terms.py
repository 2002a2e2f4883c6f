"""The terms that editors explain, found as the places of the glossary where they stand."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import translation

from search.entries import EntryData
from search.enums import Kind
from search.models import Term
from search.registry import Provider


class TermProvider(Provider[Term]):
    """One entry in French, and one in English where the term says something in English."""

    model = Term

    def entries(self, instance: Term) -> Iterable[EntryData]:
        """Return the entries of a term in use that is explained."""
        if not (instance.active and instance.is_explained):
            return
        yield self.entry(instance, "fr")
        if instance.long_form_en or instance.definition_en:
            yield self.entry(instance, "en")

    def entry(self, term: Term, language: str) -> EntryData:
        """Return the entry of a term in one language."""
        with translation.override(language):
            forms = term.other_forms(language)
            return EntryData(
                source=self.source(term),
                kind=Kind.TERM,
                language=language,
                url=reverse("search:glossary"),
                anchor=term.anchor,
                work_key=f"term-{term.pk}",
                title=" – ".join(part for part in (term.short_form, term.long_form) if part),
                summary=term.definition,
                keywords=[form for form in forms if form != term.long_form],
            )
