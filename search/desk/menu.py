"""The menu «Search» of the admin: each line for those who hold its permission."""

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu

from portal.admin_access import PermittedItem
from search.desk.views import VIEW

address = lazy(reverse, str)
# In their order: name, label, address, icon, permission.
LINES = [
    ("searches", _("Searches of the month"), "search_desk:searches", "search", VIEW),
    ("failed-searches", _("Searches without result"), "search_desk:failed", "help", VIEW),
    ("terms", _("Acronyms and synonyms"), "wagtailsnippets_search_term:list", "openquote", "search.view_term"),
    ("promotions", _("Promoted results"), "wagtailsnippets_search_promotion:list", "pick", "search.view_promotion"),
    ("unread-documents", _("Documents without text"), "search_desk:documents", "doc-empty", VIEW),
]
SEARCH_MENU = Menu(
    register_hook_name="register_search_menu_item",
    items=[
        PermittedItem(label, address(view), name=name, icon_name=icon, order=100 * number, permission=permission)
        for number, (name, label, view, icon, permission) in enumerate(LINES, 1)
    ],
)
