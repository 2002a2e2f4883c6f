"""The abstract page that is classified by the directory."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from directory.areas import with_areas
from directory.enums import OrganisationRole, PersonRole
from directory.facts import countries_of, facts_of, merged, organisations_of, places_of
from directory.models.organisations import Organisation, Person
from directory.models.places import Territory
from directory.models.vocabularies import Audience, Keyword, Theme
from portal.blocks.reading import Passage, body_passages, chosen_rows, contact_rows, experience_rows
from portal.models import BasePage
from search.providers.facets import names_of


class ClassifiedPage(BasePage):
    """A page with themes, audiences, territories, organisations, people and keywords."""

    keywords = ClusterTaggableManager(through="directory.PageKeyword", blank=True, verbose_name=_("keywords"))

    classification_panels: ClassVar[list[Any]] = [
        InlinePanel("page_themes", heading=_("Themes"), label=_("Theme")),
        InlinePanel("page_audiences", heading=_("Audiences"), label=_("Audience")),
        InlinePanel("page_territories", heading=_("Territories"), label=_("Territory")),
        InlinePanel("page_organisations", heading=_("Organisations"), label=_("Organisation")),
        InlinePanel("page_people", heading=_("People"), label=_("Person")),
        MultiFieldPanel([FieldPanel("keywords")], heading=_("Keywords")),
    ]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("keywords", overridable=False),
        SynchronizedField("page_keywords", overridable=False),
        SynchronizedField("page_themes"),
        SynchronizedField("page_audiences"),
        SynchronizedField("page_territories"),
        SynchronizedField("page_organisations"),
        SynchronizedField("page_people"),
    ]

    class Meta:
        abstract = True

    @property
    def themes(self) -> list[Theme]:
        """The themes, in the editor's order."""
        return [row.theme for row in self._rows("page_themes", "theme")]

    @property
    def audiences(self) -> list[Audience]:
        """The audiences, in the editor's order."""
        return [row.audience for row in self._rows("page_audiences", "audience")]

    @property
    def territories(self) -> list[Territory]:
        """The territories, in the editor's order."""
        return [row.territory for row in self._rows("page_territories", "territory")]

    @property
    def co_organisers(self) -> list[Organisation]:
        """The organisations that hold the thing together with the centre."""
        return self._organisations(OrganisationRole.CO_ORGANISER)

    @property
    def partners(self) -> list[Organisation]:
        """The partner organisations."""
        return self._organisations(OrganisationRole.PARTNER)

    @property
    def funders(self) -> list[Organisation]:
        """The organisations that paid."""
        return self._organisations(OrganisationRole.FUNDER)

    @property
    def speakers(self) -> list[Person]:
        """The people who speak."""
        return self._people(PersonRole.SPEAKER)

    @property
    def contacts(self) -> list[Person]:
        """The people to turn to."""
        return self._people(PersonRole.CONTACT)

    def search_keywords(self) -> list[str]:
        """The rows named by the page or its blocks, and the keywords in the page's language.

        Not in the other one: «policies», read as French, is found by who looks for the police.
        """
        people = [row.person for row in self._rows("page_people", "person__organisation__country")]
        named = [row for person in people for row in (person, person.organisation) if row]
        named += [row.organisation for row in self._rows("page_organisations", "organisation__country")]
        words = names_of([*named, *self._chosen(chosen_rows)])
        own = f"label_{self.locale.language_code}"
        words.extend(getattr(keyword, own, "") or keyword.name for keyword in self._keyword_rows())
        return list(dict.fromkeys(words))

    def search_facts(self) -> dict[str, Any]:
        """What the page can be filtered by: its classification, and the rows that its blocks choose.

        Whatever organisation the page leads to is among them, so that it has a page. Countries are those of the
        experience told, not of whoever paid for it or speaks of it.
        """
        named = [row.organisation for row in self._rows("page_organisations", "organisation__country")]
        turned_to = self._chosen(contact_rows)
        own = {
            "themes": self.themes,
            "audiences": self.audiences,
            "territories": self.territories,
            "organisations": [*named, *organisations_of([*self.speakers, *self.contacts, *turned_to])],
            "people": self.speakers,
            "contacts": [*self.contacts, *(row for row in turned_to if isinstance(row, Person))],
        }
        return with_areas(merged(own, facts_of(self._chosen(chosen_rows)), countries_of(self._chosen(experience_rows))))

    def search_passages(self) -> list[tuple[Passage, dict[str, Any]]]:
        """Return the close-ups and quotations of its streams; one is filtered by what it names, where it names it."""
        passages = [passage for stream in self.streams for passage in body_passages(stream)]
        return [(passage, with_areas(merged(facts_of(passage.rows), places_of(passage.rows)))) for passage in passages]

    def _chosen(self, reader: Callable[..., Iterator[models.Model]]) -> list[models.Model]:
        """Return the rows that a reader of `portal.blocks.reading` finds in the streams."""
        return [row for stream in self.streams for row in reader(stream.stream_block, stream)]

    def _keyword_rows(self) -> list[Keyword]:
        return [row.tag for row in self._rows("page_keywords", "tag")]

    def _organisations(self, role: OrganisationRole) -> list[Organisation]:
        rows = self._rows("page_organisations", "organisation__country")
        return [row.organisation for row in rows if row.role == role]

    def _people(self, role: PersonRole) -> list[Person]:
        rows = self._rows("page_people", "person__organisation__country")
        return [row.person for row in rows if row.role == role]

    def _rows(self, relation: str, related: str) -> list[models.Model]:
        """Return the rows of a relation, read once per page; a preview's rows are in memory and need no query."""
        cache: dict[str, list[models.Model]] = self.__dict__.setdefault("_read_rows", {})
        if relation not in cache:
            rows = getattr(self, relation).all()
            cache[relation] = list(rows.select_related(related) if isinstance(rows, models.QuerySet) else rows)
        return cache[relation]
