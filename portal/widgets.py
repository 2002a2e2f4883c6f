"""Fields of the admin as the team writes them."""

from typing import Any

from django.db.models import DateField, TimeField
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.telepath import register
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput
from wagtail.admin.widgets.datetime import AdminDateInputAdapter, AdminTimeInputAdapter
from wagtail.snippets.widgets import AdminSnippetChooser

# The calendar would put today, or now, in the place of what it cannot read: the form says what is wrong instead.
KEEP_WHAT_IS_TYPED = {"validateOnBlur": False}


class DateInput(AdminDateInput):
    """A day."""

    def get_config(self) -> dict[str, Any]:
        """Return the options of the calendar."""
        return {**super().get_config(), **KEEP_WHAT_IS_TYPED}


class TimeInput(AdminTimeInput):
    """An hour."""

    def get_config(self) -> dict[str, Any]:
        """Return the options of the clock."""
        return {**super().get_config(), **KEEP_WHAT_IS_TYPED}


register(AdminDateInputAdapter(), DateInput)
register(AdminTimeInputAdapter(), TimeInput)
register_form_field_override(DateField, override={"widget": DateInput})
register_form_field_override(TimeField, override={"widget": TimeInput})


class RowChooser(AdminSnippetChooser):
    """A chooser of rows. Wagtail reads its words once, as it starts, in English."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choose_one_text = _("Choose…")
        self.choose_another_text = _("Choose again")
        self.link_to_chosen_text = _("Edit it")
