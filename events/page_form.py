"""The form of an event or session in the admin: what it hands out must not be public elsewhere."""

from typing import Any

from django.forms import ModelForm
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from events.documents import is_kept, lies_in_private, published_by
from events.enums import DocumentAudience


class BookablePageForm(WagtailAdminPageForm):
    """Refuse a file for participants that visitors can read elsewhere."""

    def clean(self) -> dict[str, Any]:
        """Check the documents with the rest, and put each fault at its document."""
        cleaned = super().clean()
        for form in self._document_forms():
            if form.is_valid() and form.cleaned_data.get("document"):
                self._check_document(form, cleaned)
        return cleaned

    def _document_forms(self) -> list[ModelForm]:
        formset = self.formsets.get("page_documents")
        if formset is None or not formset.management_form.is_valid():
            return []
        deleted = set(formset.deleted_forms) if formset.is_valid() else set()
        return [form for form in formset.forms if form not in deleted]

    def _check_document(self, form: ModelForm, cleaned: dict[str, Any]) -> None:
        """Add what forbids the choice of one document to its form."""
        document = form.cleaned_data["document"]
        if form.cleaned_data.get("audience") == DocumentAudience.PARTICIPANTS:
            if document == cleaned.get("programme"):
                form.add_error("document", _("This file is the programme, which everybody downloads."))
            elif shown_by := published_by(document, self.instance):
                words = _("“%(title)s” shows this file to everyone: upload another copy, or remove it there first.")
                form.add_error("document", words % {"title": shown_by.title})
        elif lies_in_private(document) and not self._gives_up(form):
            words = _("This file is kept for participants: upload another copy to hand it to everyone.")
            form.add_error("document", words)

    def _gives_up(self, form: ModelForm) -> bool:
        """Tell whether this page kept the document for participants, and no other page does."""
        document = form.cleaned_data["document"]
        return form.initial.get("document") == document.pk and not is_kept(document, besides=self.instance)
