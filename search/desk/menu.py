"""The menu «Search» of the admin: each line for those who hold its permission."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem

from portal.admin_access import PermittedItem
from search.desk.documents import may_change_documents
from search.desk.views import VIEW

address = lazy(reverse, str)
# In their order: name, label, address, icon, permission.
LINES = [
    ("searches", _("Searches of the month"), "search_desk:searches", "search", VIEW),
    ("failed-searches", _("Searches without result"), "search_desk:failed", "help", VIEW),
    ("terms", _("Terms (acronyms and synonyms)"), "wagtailsnippets_search_term:list", "openquote", "search.view_term"),
    ("promotions", _("Promoted results"), "wagtailsnippets_search_promotion:list", "pick", "search.view_promotion"),
]


class DocumentsItem(MenuItem):
    """The line of the documents, for those who may change some: a permission on a collection, not on all."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user may change documents."""
        return may_change_documents(request.user)


DOCUMENTS = DocumentsItem(
    _("Documents without text"),
    address("search_desk:documents"),
    name="unread-documents",
    icon_name="doc-empty",
    order=500,
)
SEARCH_MENU = Menu(
    register_hook_name="register_search_menu_item",
    items=[
        PermittedItem(label, address(view), name=name, icon_name=icon, order=100 * number, permission=permission)
        for number, (name, label, view, icon, permission) in enumerate(LINES, 1)
    ]
    + [DOCUMENTS],
)
