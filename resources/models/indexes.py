"""The list of everything to read."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.models import ClassifiedPage
from portal.listings import children_in_language, paginated
from resources.models.case_studies import CaseStudyPage
from resources.models.dossiers import DossierPage
from resources.models.publications import ResourcePage


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
        """Add `items`, a page of the list, of the kind that `?kind=` names if any; `kinds` and the kind chosen."""
        context = super().get_context(request, *args, **kwargs)
        types = {"dossier": DossierPage, "case_study": CaseStudyPage, "resource": ResourcePage}
        kind = request.GET.get("kind", "")
        chosen = (types[kind],) if kind in types else tuple(types.values())
        language = self.locale.language_code
        return {
            **context,
            "kinds": [(name, model._meta.verbose_name_plural) for name, model in types.items()],
            "chosen_kind": kind if kind in types else "",
            "items": paginated(children_in_language(self, *chosen), language, request),
        }
