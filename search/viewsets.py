"""Terms in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.viewsets import YesNoColumn
from search.models import Term


class TermViewSet(SnippetViewSet):
    """Acronyms and synonyms: editors keep what visitors type and what pages say together."""

    model = Term
    icon = "openquote"
    menu_label = _("Acronyms")
    menu_name = "search-terms"
    add_to_admin_menu = True
    menu_order = 550
    list_display = ["form_fr", "long_form_fr", "kind", YesNoColumn("active", label=_("Active"))]
    list_filter = ["kind", "active"]
    search_fields = ["form_fr", "form_en", "long_form_fr", "long_form_en", "synonyms_fr", "synonyms_en"]
    ordering = ["form_fr"]
