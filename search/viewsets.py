"""Terms and promoted results in the admin."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from portal.viewsets import PortalIndexView, YesNoColumn
from search.analysis import clean
from search.desk.promotions import state
from search.models import Promotion, Term

LONGEST = 100


class PrefilledCreateView(CreateView):
    """A form for a new row that the address fills in, and that leads back to the desk it was opened from.

    The desk names itself by `desk`, which is the search that the row is for.
    """

    def get_initial_form_instance(self) -> Any:
        """Return an unsaved row with what the address says of its fields."""
        names = {field.name for field in self.model._meta.fields if not field.is_relation}
        given = {name: self.request.GET[name][:LONGEST] for name in names & self.request.GET.keys() - {"id"}}
        return self.model(**{name: clean(value) for name, value in given.items()})

    def get_add_url(self) -> str:
        """Keep the address, so that the form knows where it came from."""
        query = self.request.GET.urlencode()
        return f"{super().get_add_url()}?{query}" if query else super().get_add_url()

    def get_success_url(self) -> str:
        """Go back to the desk, which shows what the search finds now."""
        search = self.request.GET.get("desk", "")
        if not search:
            return super().get_success_url()
        query = {"language": self.request.GET.get("in", settings.LANGUAGE_CODE), "tried": search}
        return f"{reverse('search_desk:failed')}?{urlencode(query)}"


class TermViewSet(SnippetViewSet):
    """Acronyms and synonyms: editors keep what visitors type and what pages say together."""

    model = Term
    icon = "openquote"
    add_view_class = PrefilledCreateView
    panels = [*Term.panels, HelpPanel(template="admin/search/try_term.html", heading=_("Before you save"))]
    list_display = ["form_fr", "long_form_fr", "kind", YesNoColumn("active", label=_("Active"))]
    list_filter = ["kind", "active"]
    search_fields = ["form_fr", "form_en", "long_form_fr", "long_form_en", "synonyms_fr", "synonyms_en"]
    ordering = ["form_fr"]


class PromotionViewSet(SnippetViewSet):
    """What the team recommends above the results of certain searches."""

    model = Promotion
    icon = "pick"
    index_view_class = PortalIndexView
    add_view_class = PrefilledCreateView
    search_backend_name = None
    list_display = [
        "title",
        "language",
        Column("queries_in_a_line", label=_("Searches")),
        DateColumn("starts_on", label=_("From"), sort_key="starts_on"),
        DateColumn("ends_on", label=_("Until"), sort_key="ends_on"),
        YesNoColumn("active", label=_("Active")),
        Column("state", label=_("Visitors see it"), accessor=state),
    ]
    list_filter = ["language", "active"]
    search_fields = ["title", "queries", "text"]
    ordering = ["language", "order", "title"]
