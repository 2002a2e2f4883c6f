"""The form of the words of a message, one for each language."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outbox.kinds import Kind
from outbox.models import MessageText
from outbox.texts import PARTS, what_is_wrong

LONGEST = MessageText._meta.get_field("opening").max_length
LONGEST_SUBJECT = MessageText._meta.get_field("subject").max_length


class WordsForm(forms.Form):
    """Subject, opening and closing words of a kind in one language, filled in with those in force."""

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT, required=False)
    opening = forms.CharField(
        label=_("Opening words"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    closing = forms.CharField(
        label=_("Closing words"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, kind: Kind, language: str, **kwargs: Any) -> None:
        self.kind, self.language = kind, language
        super().__init__(*args, prefix=language, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        """Refuse what nothing would fill in, field by field."""
        cleaned = super().clean() or {}
        for part in PARTS:
            if problem := what_is_wrong(cleaned.get(part, ""), self.kind, self.language):
                self.add_error(part, problem)
        return cleaned
