"""The form by which a cycle is copied."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from cycles.copying import DEFAULT_WEEKS, first_day, weeks_between
from cycles.models import TrainingCyclePage

# About ten years either way: beyond, somebody mistyped the year.
MAX_WEEKS = 520


class CopyCycleForm(forms.Form):
    """The new titles, and by how much the dates move: told by the new first day, or in weeks."""

    title = forms.CharField(label=_("Title of the new cycle"), max_length=255)
    first_day = forms.DateField(
        label=_("New date of its first session"),
        required=False,
        widget=AdminDateInput,
        help_text=_("All dates move by whole weeks: each keeps its day of the week."),
    )
    weeks = forms.IntegerField(
        label=_("Or a number of weeks"), required=False, min_value=-MAX_WEEKS, max_value=MAX_WEEKS
    )

    def __init__(self, *args: Any, cycle: TrainingCyclePage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycle = cycle
        self.old_first_day = first_day(cycle)
        self.fields["title"].initial = cycle.title
        if self.old_first_day:
            self.fields["first_day"].initial = self.old_first_day + datetime.timedelta(weeks=DEFAULT_WEEKS)
        else:
            del self.fields["first_day"]
            self.fields["weeks"].label = _("Number of weeks")
            self.fields["weeks"].initial = DEFAULT_WEEKS
        for page in cycle.get_translations().filter(alias_of__isnull=True).select_related("locale"):
            language = page.locale.language_code
            self.fields[f"title_{language}"] = forms.CharField(
                label=_("Title (%(language)s)") % {"language": get_language_info(language)["name_translated"]},
                max_length=255,
                initial=page.title,
            )

    def clean(self) -> dict[str, Any]:
        """Compute `weeks`. One of the two ways is needed, and the dates must move."""
        cleaned = super().clean()
        if "weeks" in self.errors or "first_day" in self.errors:
            return cleaned
        wanted, weeks = cleaned.get("first_day"), cleaned.get("weeks")
        if weeks is None and wanted and self.old_first_day:
            weeks = weeks_between(self.old_first_day, wanted)
            if abs(weeks) > MAX_WEEKS:
                self.add_error("first_day", _("This is more than ten years away: check the year."))
                return cleaned
        if not weeks:
            raise forms.ValidationError(_("Say by how much the dates move: a new first date, or a number of weeks."))
        cleaned["weeks"] = weeks
        return cleaned

    @property
    def titles(self) -> dict[str, str]:
        """The new titles by language code."""
        others = {
            name.removeprefix("title_"): value for name, value in self.cleaned_data.items() if name.startswith("title_")
        }
        return {settings.LANGUAGE_CODE: self.cleaned_data["title"], **others}
