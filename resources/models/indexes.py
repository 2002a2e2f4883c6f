"""The list of everything to read."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.models import ClassifiedPage
from search.enums import FacetName, Kind
from search.listings import Listing, list_of_pages

EVERYTHING_TO_READ = Listing(
    (Kind.DOSSIER, Kind.RESOURCE, Kind.CASE_STUDY),
    (
        *(FacetName.THEME, FacetName.AUDIENCE, FacetName.TERRITORY, FacetName.YEAR, FacetName.RESOURCE_TYPE),
        *(FacetName.PROGRAMME, FacetName.NETWORK, FacetName.COUNTRY, FacetName.ORGANISATION),
    ),
)


class ResourceIndexPage(ClassifiedPage):
    """Everything to read: dossiers, resources and case studies."""

    template = "pages/resource_index_page.html"
    search_kind = "standard"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.DossierPage", "resources.ResourcePage", "resources.CaseStudyPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of resources")
        verbose_name_plural = _("lists of resources")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `items`, a page of what was chosen, and what one may choose."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **list_of_pages(EVERYTHING_TO_READ, request.GET, self.locale.language_code)}
