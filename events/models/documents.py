"""Documents of an event or session: for everyone, or for those who hold a place."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Collection, Orderable

from directory.models.labelled import in_active_language
from events.enums import DocumentAudience
from portal.enums import WrittenLanguage


class PageDocument(Orderable):
    """A file that a page hands out. One for participants lies in the private collection (`events.documents`)."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_documents")
    document = models.ForeignKey(
        "wagtaildocs.Document", verbose_name=_("document"), on_delete=models.CASCADE, related_name="page_rows"
    )
    label_fr = models.CharField(_("title in French"), max_length=200)
    label_en = models.CharField(_("title in English"), max_length=200, blank=True)
    language = models.CharField(
        _("language of the document"),
        max_length=5,
        choices=WrittenLanguage.choices,
        default=WrittenLanguage.FRENCH,
    )
    # The careful choice is the default: a file made public by mistake cannot be called back.
    audience = models.CharField(
        _("for whom"),
        max_length=12,
        choices=DocumentAudience.choices,
        default=DocumentAudience.PARTICIPANTS,
        help_text=_("A file for participants is moved out of the public ones: only their private page serves it."),
    )

    panels: ClassVar = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("label_fr"), FieldPanel("label_en")]),
        FieldRowPanel([FieldPanel("language"), FieldPanel("audience")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("document of a page")
        verbose_name_plural = _("documents of pages")
        indexes = [models.Index(fields=["document", "audience"], name="page_document_audience")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The title in the active language, else in French."""
        return in_active_language(self, "label")

    @property
    def is_for_participants(self) -> bool:
        """True when only those who hold a place may read it."""
        return self.audience == DocumentAudience.PARTICIPANTS


class PrivateCollection(models.Model):
    """Names the one collection that keeps the files for participants, whatever the team calls it."""

    collection = models.OneToOneField(Collection, on_delete=models.CASCADE, related_name="+")
    # One row, ever: the constraint makes two processes agree on it.
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.collection)
