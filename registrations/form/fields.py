"""Fields of one line, and what was typed in a form."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms


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


def typed(form_class: type[forms.Form], data: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return what was typed for a form, unchecked: to show it again without reproach."""
    values = {name: data.get(f"{prefix}-{name}", "") for name in form_class.base_fields}
    return {name: str(value).replace("\0", "") for name, value in values.items()}
