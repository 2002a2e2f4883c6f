"""The menu «Training»: what the training officer works with, each line for those who hold its permission."""

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import Menu

from portal.admin_access import PermittedItem
from registrations.officer.access import READ_MESSAGES, VIEW

address = lazy(reverse, str)
# In their order: name, label, address, icon, permission.
LINES = [
    ("registrations", _("Registrations"), "registrations_admin:occurrences", "group", VIEW),
    ("dates", _("Dates"), "wagtailsnippets_events_occurrence:list", "date", "events.change_occurrence"),
    ("price-lists", _("Price lists"), "wagtailsnippets_events_pricelist:list", "tag", "events.change_pricelist"),
    ("messages", _("Messages"), "wagtailsnippets_outbox_message:list", "mail", READ_MESSAGES),
    (
        "referents",
        _("Referents"),
        "wagtailsnippets_registrations_referent:list",
        "user",
        "registrations.change_referent",
    ),
    (
        "co-organisers",
        pgettext_lazy("menu", "Co-organisers"),
        "wagtailsnippets_registrations_coorganiser:list",
        "group",
        "registrations.change_coorganiser",
    ),
    (
        "questions",
        _("Questions"),
        "wagtailsnippets_registrations_question:list",
        "help",
        "registrations.change_question",
    ),
    ("proof", _("Live proof"), "registrations_admin:proof", "check", VIEW),
]
# Other apps may add lines of their own by the hook; theirs stand between ours by their order.
TRAINING_MENU = Menu(
    register_hook_name="register_training_menu_item",
    items=[
        PermittedItem(label, address(view), name=name, icon_name=icon, order=100 * number, permission=permission)
        for number, (name, label, view, icon, permission) in enumerate(LINES, 1)
    ],
)
