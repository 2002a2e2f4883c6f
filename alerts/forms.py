"""The forms of the alerts."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alerts.enums import Frequency
from alerts.models import MAX_QUERY, stored_query
from portal.typed_address import TypedAddressForm
from search.criteria import Criteria


def frequency_field() -> forms.ChoiceField:
    """Return the choice of how often one is written to."""
    return forms.ChoiceField(
        label=_("How often?"), choices=Frequency, widget=forms.RadioSelect, initial=Frequency.WEEKLY
    )


class AskForm(TypedAddressForm):
    """An address, and the search that it wants news of."""

    frequency = frequency_field()
    # As the address of the search says it.
    search = forms.CharField(required=False, max_length=20 * MAX_QUERY, widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: str, asked: QueryDict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = QueryDict(str(self.data.get("search", ""))[: 20 * MAX_QUERY]) if self.is_bound else asked
        self.criteria = Criteria.read(said, language)
        self.query = stored_query(self.criteria)
        self.initial["search"] = self.query

    def clean(self) -> dict[str, Any]:
        """Refuse a search that asks for nothing, and one longer than what is kept."""
        if not self.criteria.words and not self.criteria.is_filtered:
            self.add_error(None, gettext("Search for at least one word, or choose a filter: then ask for its news."))
        elif len(self.query) > MAX_QUERY:
            self.add_error(None, gettext("This search has too many filters to be kept: remove some."))
        return self.cleaned_data


class ChangeForm(forms.Form):
    """How often an alert is written."""

    frequency = frequency_field()
