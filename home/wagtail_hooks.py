"""The admin in the centre's colours, its menus by work."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("insert_global_admin_css")
def admin_colours() -> str:
    """Link the style sheet of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("construct_main_menu")
def menus_by_work(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out Wagtail's list of snippet types: each is in the menu of the work it belongs to."""
    menu_items[:] = [item for item in menu_items if item.name != "snippets"]
