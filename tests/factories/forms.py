"""Forms of pages as editors send them."""

from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield


def page_data(page: Page, **fields: Any) -> dict[str, Any]:
    """Return what the editor of a page sends: its title and address, no row and no block but those given."""
    relations = {name: inline_formset([]) for name in page.get_edit_handler().get_form_class().formsets}
    streams = {field.name: streamfield([]) for field in page._meta.get_fields() if isinstance(field, StreamField)}
    named = {"title": page.title, "slug": page.slug}
    return nested_form_data({**named, **streams, **relations, "comments": inline_formset([]), **fields})
