"""What our lists and choosers in the admin share."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet


class WordsFilterForm(BaseFilterForm):
    """Search in a chooser: every word, in any of the fields that the model's list searches."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=200, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        """Keep the rows that hold every word typed."""
        objects = super().filter(objects)
        text = self.cleaned_data.get("q", "").replace("\x00", "")
        for word in text.split():
            condition = Q()
            for field in objects.model.snippet_viewset.search_fields:
                condition |= Q(**{f"{field}__icontains": word})
            objects = objects.filter(condition)
        self.is_searching = bool(text.strip())
        self.search_query = text
        return objects


class PortalChooseView(ChooseView):
    filter_form_class = WordsFilterForm


class PortalChooseResultsView(ChooseResultsView):
    filter_form_class = WordsFilterForm


class PortalChooserViewSet(SnippetChooserViewSet):
    """A chooser that searches the database directly: rows are few, and always up to date."""

    choose_view_class = PortalChooseView
    choose_results_view_class = PortalChooseResultsView


class PortalViewSet(SnippetViewSet):
    """A list of rows in the admin. Subclasses name `search_fields`, used by the list and by the chooser."""

    search_backend_name = None
    search_fields: list[str]
    list_per_page = 50
    chooser_per_page = 20
    chooser_viewset_class = PortalChooserViewSet
