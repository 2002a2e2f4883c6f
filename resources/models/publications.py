"""Resources: one publication, tool, replay, report or link each."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from directory.blocks import body_field
from directory.models import ClassifiedPage, Organisation
from portal.enums import WrittenLanguage
from resources.enums import ResourceType
from resources.forms import ResourcePageForm
from search.entries import choice_value


class ResourcePage(ClassifiedPage):
    """One publication, tool, replay, report or link, of the centre or of others."""

    resource_type = models.CharField(
        _("type"), max_length=20, choices=ResourceType.choices, default=ResourceType.PUBLICATION
    )
    author_organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="authored_resources",
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    resource_language = models.CharField(
        _("language"), max_length=5, choices=WrittenLanguage.choices, default=WrittenLanguage.FRENCH
    )
    file = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Not `url`: that would hide the address of the page itself.
    external_url = models.URLField(_("address"), blank=True)
    body = body_field("resource", verbose_name=_("content"))

    base_form_class = ResourcePageForm
    template = "pages/resource_page.html"
    search_kind = "resource"
    is_article = True
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *ClassifiedPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("resource_type"), FieldPanel("resource_language")]),
                FieldPanel("author_organisation"),
                FieldPanel("published_on"),
                FieldPanel("file"),
                FieldPanel("external_url"),
            ],
            heading=_("The resource"),
        ),
        FieldPanel("body"),
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [
        *ClassifiedPage.override_translatable_fields,
        SynchronizedField("resource_type", overridable=False),
        SynchronizedField("author_organisation", overridable=False),
        SynchronizedField("published_on", overridable=False),
        SynchronizedField("resource_language"),
        SynchronizedField("file"),
        SynchronizedField("external_url"),
        TranslatableField("body"),
    ]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def search_facts(self) -> dict[str, Any]:
        """Add its type, its day and its author."""
        facts = super().search_facts()
        if self.author_organisation:
            facts["organisations"] = [*facts["organisations"], self.author_organisation]
        return {**facts, "resource_type": choice_value(ResourceType, self.resource_type), "start": self.published_on}
