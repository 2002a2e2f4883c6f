"""Home, standard, news, contact and legal pages."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from directory.blocks import body_field
from directory.doors import home_doors
from directory.models import ClassifiedPage
from events.timetable import next_occurrences
from home.contact import answer_contact_form
from home.enums import LegalKind
from home.latest import latest_pages
from search.enums import FacetName, Kind
from search.listings import Listing, list_of_pages

NEWS = Listing((Kind.NEWS,), (FacetName.THEME, FacetName.AUDIENCE, FacetName.TERRITORY, FacetName.YEAR))


class HomePage(ClassifiedPage):
    """The front page of one language: what comes next, what is new."""

    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    body = body_field("standard", verbose_name=_("content"))

    template = "pages/home_page.html"
    # Each language composes its own front page.
    localize_default_translation_mode = "simple"
    parent_page_types = ["wagtailcore.Page"]
    # One per language: an editor does not start a second site by mistake.
    max_count = len(settings.LANGUAGES)
    subpage_types = [
        "cycles.TrainingIndexPage",
        "events.EventIndexPage",
        "resources.ResourceIndexPage",
        "home.NewsIndexPage",
        "home.StandardPage",
        "home.ContactPage",
        "home.LegalPage",
    ]
    content_panels = [
        *ClassifiedPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [
        *ClassifiedPage.override_translatable_fields,
        TranslatableField("introduction"),
        TranslatableField("body"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `next_sessions` (dates ahead), `latest` (what was published last) and `doors` (into the directory)."""
        context = super().get_context(request, *args, **kwargs)
        language = self.locale.language_code
        return {
            **context,
            "next_sessions": next_occurrences(language, limit=5),
            "latest": latest_pages(language),
            "doors": home_doors(),
        }


class StandardPage(ClassifiedPage):
    """Any other page: the centre, how to register, prices."""

    body = body_field("standard", verbose_name=_("content"))

    template = "pages/standard_page.html"
    search_kind = "standard"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    content_panels = [
        *ClassifiedPage.content_panels,
        FieldPanel("body"),
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [*ClassifiedPage.override_translatable_fields, TranslatableField("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class NewsIndexPage(ClassifiedPage):
    """News, the latest first."""

    template = "pages/news_index_page.html"
    search_kind = "standard"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `items`, a page of what was chosen, and what one may choose."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **list_of_pages(NEWS, request.GET, self.locale.language_code, NewsPage)}


class NewsPage(ClassifiedPage):
    """A piece of news, with its day."""

    published_on = models.DateField(_("day"), default=timezone.localdate)
    body = body_field("news", verbose_name=_("content"))

    template = "pages/news_page.html"
    search_kind = "news"
    is_article = True
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *ClassifiedPage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("body"),
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [
        *ClassifiedPage.override_translatable_fields,
        SynchronizedField("published_on", overridable=False),
        TranslatableField("body"),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def search_facts(self) -> dict[str, Any]:
        """Add its day."""
        return {**super().search_facts(), "start": self.published_on}


def contact_words() -> list[str]:
    """Return, in the active language, the words by which people look for the contact page."""
    return [
        pgettext("words to find the contact page", "Contact"),
        pgettext("words to find the contact page", "contact us"),
        pgettext("words to find the contact page", "write to us"),
        pgettext("words to find the contact page", "telephone"),
        pgettext("words to find the contact page", "e-mail address"),
    ]


class ContactPage(ClassifiedPage):
    """How to reach the centre, with a form whose messages go to the outbox."""

    body = body_field("standard", verbose_name=_("content"))

    template = "pages/contact_page.html"
    search_kind = "standard"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    content_panels = [
        *ClassifiedPage.content_panels,
        FieldPanel("body"),
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [*ClassifiedPage.override_translatable_fields, TranslatableField("body")]

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    def search_keywords(self) -> list[str]:
        """Add what people call it, which its title may never say."""
        return [*super().search_keywords(), *contact_words()]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or queue its message and come back with a word of thanks."""
        return answer_contact_form(self, request)


class LegalPage(ClassifiedPage):
    """A page that the law asks for, linked from every footer."""

    kind = models.CharField(_("kind"), max_length=20, choices=LegalKind.choices)
    body = body_field("standard", verbose_name=_("content"))

    template = "pages/legal_page.html"
    search_kind = "standard"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *ClassifiedPage.content_panels,
        FieldPanel("kind"),
        FieldPanel("body"),
        *ClassifiedPage.classification_panels,
    ]
    override_translatable_fields = [
        *ClassifiedPage.override_translatable_fields,
        SynchronizedField("kind", overridable=False),
        TranslatableField("body"),
    ]

    class Meta:
        verbose_name = _("legal page")
        verbose_name_plural = _("legal pages")
