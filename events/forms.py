"""Forms of the admin: an occurrence, and a file that a page may keep for participants."""

import itertools
from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents.forms import BaseDocumentForm
from wagtail.models import Collection, Page

from events.documents import is_kept, private_collection
from events.models import BookablePage
from events.validation import source_of


def bookable_page_types() -> list[type[BookablePage]]:
    """Return the page types that may have dates."""
    return [model for model in apps.get_models() if issubclass(model, BookablePage)]


def bookable_source_of(page: Page) -> Page:
    """Return a page that was chosen, in the source language. Raises ValidationError where it cannot have dates."""
    if not issubclass(page.specific_class or Page, BookablePage):
        raise forms.ValidationError(_("Choose a session or an event."))
    return source_of(page)


class OccurrenceForm(WagtailAdminModelForm):
    """Choose among bookable pages only, and keep the date on the French one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "page" in self.fields:
            self.fields["page"].widget = AdminPageChooser(target_models=bookable_page_types())

    def clean(self) -> dict[str, Any]:
        """Check the half-days together: two of one day never overlap."""
        cleaned = super().clean()
        formset = self.formsets.get("half_days")
        if formset is not None and formset.is_valid():
            kept = [form for form in formset.forms if form not in formset.deleted_forms and form.cleaned_data]
            kept.sort(key=lambda form: form.cleaned_data["starts"])
            for earlier, later in itertools.pairwise(kept):
                if later.cleaned_data["starts"] < earlier.cleaned_data["ends"]:
                    later.add_error("starts", _("This half-day begins before the one above it ends."))
        return cleaned

    def clean_page(self) -> Page:
        """Return the page in the source language. Raises ValidationError for a page that cannot have dates."""
        return bookable_source_of(self.cleaned_data["page"])


class DocumentForm(BaseDocumentForm):
    """Wagtail's form of a file, which keeps those for participants in their collection."""

    def clean_collection(self) -> Collection:
        """Return the collection. Raises ValidationError when it would open a file that a page keeps."""
        collection = self.cleaned_data["collection"]
        if self.instance.pk and is_kept(self.instance) and collection != private_collection():
            raise forms.ValidationError(
                _("A page keeps this file for participants: it stays in the collection “%(name)s”.")
                % {"name": private_collection().name}
            )
        return collection
