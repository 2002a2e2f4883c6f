"""Fields of one line, and what was typed in a form."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class LineField(forms.CharField):
    """A text on one line: what a name needs, without the control characters that files and messages trip over."""

    def to_python(self, value: Any) -> str:
        """Return the text with single spaces."""
        text = super().to_python(value)
        # NUL is left to the field's own validator, which refuses it.
        printable = "".join(c for c in text if c in "\0\t\n\r" or unicodedata.category(c) not in ("Cc", "Cs"))
        return " ".join(printable.split())


def line_input(autocomplete: str, kind: str = "text") -> forms.TextInput:
    """Return the widget of a line: `kind` is text, email or tel."""
    widget = {"email": forms.EmailInput, "tel": forms.TextInput, "text": forms.TextInput}[kind]
    attributes = {"autocomplete": autocomplete}
    return widget(attrs={**attributes, "type": "tel"} if kind == "tel" else attributes)


def name_field(label: Any, missing: Any, autocomplete: str = "off") -> LineField:
    """Return the field of somebody's first or last name, with what is said when it is missing."""
    return LineField(label=label, max_length=100, widget=line_input(autocomplete), error_messages={"required": missing})


def email_field(missing: Any, autocomplete: str = "off", help_text: Any = "") -> forms.EmailField:
    """Return the field of somebody's e-mail, with what is said when it is missing."""
    return forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=help_text,
        widget=line_input(autocomplete, "email"),
        error_messages={"required": missing},
    )


def typed(form_class: type[forms.Form], data: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return what was typed for a form, unchecked: to show it again without reproach."""
    values = {name: data.get(f"{prefix}-{name}", "") for name in form_class.base_fields}
    return {name: str(value).replace("\0", "") for name, value in values.items()}
