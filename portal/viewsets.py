"""What our lists and choosers in the admin share."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from portal.widgets import RowChooser
from portal.words import with_words


class YesNoColumn(Column):
    """Yes or no, in words: Wagtail's own column names its pictograms «True» and «False» in every language."""

    cell_template_name = "admin/yes_no_cell.html"


class WordsFilterForm(BaseFilterForm):
    """Search in a chooser: every word, in any of the fields that the model's list searches."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=200, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        """Keep the rows that hold every word typed."""
        text = self.cleaned_data.get("q", "")
        self.is_searching = bool(text.strip())
        self.search_query = text
        return with_words(super().filter(objects), text, objects.model.snippet_viewset.search_fields)


class PortalChooseView(ChooseView):
    filter_form_class = WordsFilterForm


class PortalChooseResultsView(ChooseResultsView):
    filter_form_class = WordsFilterForm


class PortalChooserViewSet(SnippetChooserViewSet):
    """A chooser that searches the database directly: rows are few, and always up to date."""

    base_widget_class = RowChooser
    choose_view_class = PortalChooseView
    choose_results_view_class = PortalChooseResultsView


class PortalIndexView(IndexView):
    """A list whose search takes words in any order."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a list without export columns as a list, whatever its address asks: Wagtail would write empty lines."""
        if request.GET.get("export") and not self.list_export:
            return redirect(request.path)
        return super().get(request, *args, **kwargs)

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Keep the rows that hold every word typed."""
        return with_words(queryset, self.search_query or "", self.search_fields or [])


class PortalViewSet(SnippetViewSet):
    """A list of rows in the admin. Subclasses name `search_fields`, used by the list and by the chooser."""

    index_view_class = PortalIndexView
    search_backend_name = None
    search_fields: list[str]
    # The rows named beside those of the list, read with them.
    beside: tuple[str, ...] = ()
    list_per_page = 50
    chooser_per_page = 20
    chooser_viewset_class = PortalChooserViewSet

    def get_queryset(self, request: HttpRequest) -> QuerySet | None:
        """Return the rows of the list; None leaves them to Wagtail."""
        return self.model._default_manager.select_related(*self.beside) if self.beside else None


class PersonalViewSet(PortalViewSet):
    """A list of personal data: neither references nor copies keep any of it, and no chooser.

    Wagtail opens choosers to everybody of the admin: whoever searched there would learn who is in the list.
    """

    add_to_reference_index = False
    copy_view_enabled = False

    def register_chooser_viewset(self) -> None:
        """Register none."""
