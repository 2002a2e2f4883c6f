"""The kinds of rows that have pages in the directory, and how a row of each is found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.enums import SDG
from directory.models import Country, Network, Organisation, Person, Programme, Territory, Theme
from portal.words import folded
from search.enums import FacetName

FRONT_TITLE = pgettext_lazy("public", "Directory")
FRONT_DESCRIPTION = _(
    "By theme, territory, organisation, network, programme, country, goal or person: what each did, wrote and said."
)


@dataclass(frozen=True)
class RowKind:
    """A kind of row. Its name is that of its facet, of its addresses and of its templates.

    `key` is the field by which entries know a row. `is_public`: a row has a page although nothing names it, since the
    words of a vocabulary tell nothing of anybody. An organisation or a person may be known for a booking only: theirs
    waits for a public page to name them.
    """

    name: str
    plural: Promise
    singular: Promise
    says: Promise
    model: type[Model] | None
    key: str
    is_public: bool = True
    beside: tuple[str, ...] = ()

    @property
    def rows(self) -> QuerySet:
        """All the rows, with what is shown beside their names. Raises TypeError for goals, which are no rows."""
        if self.model is None:
            raise TypeError("Goals are a list of the code, not rows.")
        return self.model._default_manager.select_related(*self.beside)

    def find(self, **key: Any) -> Any | None:
        """Return the row that an address names, or None."""
        if self.model is None:
            return SDG(key["number"]) if key["number"] in SDG.values else None
        if "code" in key:
            return self.rows.filter(code__iexact=key["code"]).first()
        return self.rows.filter(pk=key["pk"]).first()

    def code_of(self, row: Any) -> str:
        """Return the code by which entries know a row."""
        return str(row.value) if self.model is None else str(getattr(row, self.key))

    def with_codes(self, codes: Iterable[str]) -> list[Any]:
        """Return the rows of these codes, in the order of their names in the active language (goals: their numbers)."""
        if self.model is None:
            return [goal for goal in SDG if str(goal.value) in set(codes)]
        rows = self.rows.filter(**{f"{self.key}__in": list(codes)})
        return sorted(rows, key=self.order)

    @property
    def order(self) -> Callable[[Any], Any]:
        """What rows are ordered by: people by their last names, the others by their names."""
        if self.model is Person:
            return lambda person: (folded(person.last_name), folded(person.first_name))
        return lambda row: folded(row.label)


KINDS = {
    kind.name: kind
    for kind in (
        RowKind(
            FacetName.THEME,
            _("Themes"),
            pgettext_lazy("one row of the directory", "Theme"),
            _("What was done and written on each subject, and the networks that were about it."),
            Theme,
            "code",
        ),
        RowKind(
            FacetName.TERRITORY,
            _("Territories"),
            pgettext_lazy("one row of the directory", "Territory"),
            _("Each territory gathers what happened in it and in those that lie within it."),
            Territory,
            "pk",
        ),
        RowKind(
            FacetName.ORGANISATION,
            _("Organisations"),
            pgettext_lazy("one row of the directory", "Organisation"),
            _("Towns, associations, State services and landlords: what they did, and what they said."),
            Organisation,
            "pk",
            is_public=False,
            beside=("territory", "country"),
        ),
        RowKind(
            FacetName.NETWORK,
            _("Networks"),
            pgettext_lazy("one row of the directory", "Network"),
            _("Networks of towns: what each was about, and which towns tell what they did."),
            Network,
            "code",
            beside=("programme",),
        ),
        RowKind(
            FacetName.PROGRAMME,
            _("Programmes"),
            pgettext_lazy("one row of the directory", "Programme"),
            _("Programmes that funded experiences, with their networks."),
            Programme,
            "code",
        ),
        RowKind(
            FacetName.COUNTRY,
            _("Countries"),
            pgettext_lazy("one row of the directory", "Country"),
            _("What towns of other countries did, and taught."),
            Country,
            "code",
        ),
        RowKind(
            FacetName.GOAL,
            _("Sustainable Development Goals"),
            pgettext_lazy("one row of the directory", "Sustainable Development Goal"),
            _("The goals of the United Nations that experiences serve."),
            None,
            "value",
        ),
        RowKind(
            FacetName.PERSON,
            _("People who speak"),
            pgettext_lazy("one row of the directory", "Person who speaks"),
            _("Those who spoke at a session or an event, or are quoted on a page."),
            Person,
            "pk",
            is_public=False,
            beside=("organisation__country",),
        ),
    )
}
