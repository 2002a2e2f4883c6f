"""The abstract page that every page type extends. Wagtail's own `Page` stays the base table: wagtail-localize
does not support another one (wagtail/wagtail-localize#949)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.blocks.anchors import write_anchors
from portal.blocks.reading import Passage, body_sections
from portal.structured_data import article


class BasePage(Page):
    """A page with a summary, an optional image for lists, its place in the tree and in the two languages."""

    summary = models.TextField(
        _("summary"), max_length=500, blank=True, help_text=_("One to three sentences, shown in lists and search.")
    )
    listing_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image in lists"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    listing_image_alt = models.CharField(
        _("alternative text of the image"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, for those who do not see it. Empty if it only decorates."),
    )
    brought_up_to_date_on = models.DateField(
        _("brought up to date on"), null=True, blank=True, help_text=_("The day somebody last checked the content.")
    )

    # Name of the page's kind in the public search; an empty one keeps the type out of it.
    search_kind: ClassVar[str] = ""
    # True for what is read from beginning to end: search engines are told that it is an article.
    is_article: ClassVar[bool] = False

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("listing_image"), FieldPanel("listing_image_alt")],
            heading=_("Image in lists"),
            classname="collapsed",
        ),
        FieldPanel("brought_up_to_date_on"),
    ]

    # Each field is declared, so that a new one asks for a decision (a check refuses the silence).
    override_translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("title"),
        TranslatableField("slug"),
        TranslatableField("seo_title"),
        SynchronizedField("show_in_menus"),
        TranslatableField("search_description"),
        TranslatableField("summary"),
        SynchronizedField("listing_image"),
        TranslatableField("listing_image_alt"),
        SynchronizedField("brought_up_to_date_on"),
    ]

    class Meta:
        abstract = True

    @cached_property
    def is_alias_copy(self) -> bool:
        """True for a copy that Wagtail keeps identical to its source: French text under the English address."""
        return self.alias_of_id is not None

    @cached_property
    def source_page(self) -> Page:
        """The page in the source language (French), or the page itself when it has none."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return self
        source = Page.objects.filter(
            translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
        ).first()
        return source or self

    @cached_property
    def shown_language(self) -> str:
        """Language code of the text shown: an alias shows the language of its source."""
        page = self.alias_of if self.is_alias_copy else self
        return page.locale.language_code

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """The pages from the language's home down to this one, both included."""
        ancestors = self.get_ancestors().filter(depth__gt=1).select_related("locale").defer_streamfields()
        return [*ancestors, self]

    def shows_field(self, name: str) -> bool:
        """Tell whether visitors see what stands in a field of the page."""
        return True

    @property
    def streams(self) -> list[StreamValue]:
        """What visitors read of its stream fields, in their order."""
        return self.all_streams

    @property
    def all_streams(self) -> list[StreamValue]:
        """What its stream fields hold, in the order in which the type declares them."""
        fields = (field for field in self._meta.get_fields() if isinstance(field, StreamField))
        return [getattr(self, field.name) for field in fields]

    def clean(self) -> None:
        """Let no two parts of the page share an id, whichever of its streams they stand in."""
        super().clean()
        taken: set[str] = set()
        if len(streams := self.all_streams) > 1:
            for stream in streams:
                write_anchors(stream.stream_block, stream, taken)

    def search_sections(self) -> list[tuple[str, str, str]]:
        """Return (heading, anchor, plain text) for each part of its streams."""
        return [section for stream in self.streams for section in body_sections(stream)]

    def search_passages(self) -> list[tuple[Passage, dict[str, Any]]]:
        """Return the parts that are found by themselves, each with its facts (as `search_facts` has them)."""
        return []

    def structured_data(self) -> list[dict[str, Any]]:
        """Return what search engines read of the page, beside the way to it (see `portal.structured_data`)."""
        return [article(self)] if self.is_article else []

    def search_keywords(self) -> list[str]:
        """Return the words by which the page should be found although its text may lack them."""
        return []

    def search_facts(self) -> dict[str, Any]:
        """Return what the search filters and shows beside the text: dates, place, themes (see docs/search.md)."""
        return {}
