"""The pages that every centre starts with, in both languages, ready to be filled in."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from cycles.models import TrainingIndexPage
from events.models import EventIndexPage
from home.enums import LegalKind
from home.models import ContactPage, HomePage, LegalPage, NewsIndexPage
from portal.models import BasePage
from resources.models import ResourceIndexPage

ENGLISH = "en"


@dataclass(frozen=True)
class Section:
    """A page of the skeleton: its type, and its title and slug in French and in English."""

    key: str
    page_type: type[BasePage]
    titles: tuple[str, str]
    slugs: tuple[str, str]
    in_menu: bool = False
    fields: dict[str, Any] = field(default_factory=dict)


SECTIONS = [
    Section("training", TrainingIndexPage, ("Formations", "Training"), ("formations", "training"), in_menu=True),
    Section("events", EventIndexPage, ("Évènements", "Events"), ("evenements", "events"), in_menu=True),
    Section("resources", ResourceIndexPage, ("Ressources", "Resources"), ("ressources", "resources"), in_menu=True),
    Section("news", NewsIndexPage, ("Actualités", "News"), ("actualites", "news"), in_menu=True),
    Section("contact", ContactPage, ("Contact", "Contact"), ("contact", "contact")),
    Section(
        "notice",
        LegalPage,
        ("Mentions légales", "Legal notice"),
        ("mentions-legales", "legal-notice"),
        fields={"kind": LegalKind.NOTICE},
    ),
    Section(
        "privacy",
        LegalPage,
        ("Données personnelles", "Personal data"),
        ("donnees-personnelles", "personal-data"),
        fields={"kind": LegalKind.PRIVACY},
    ),
    Section(
        "accessibility",
        LegalPage,
        ("Accessibilité", "Accessibility"),
        ("accessibilite", "accessibility"),
        fields={"kind": LegalKind.ACCESSIBILITY},
    ),
]


@transaction.atomic
def create_skeleton() -> dict[str, BasePage]:
    """Create the two languages, the home pages, the sections and the site; return the French pages by key.

    Does nothing to what exists: a second call returns the same pages.
    """
    french = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)[0]
    english = Locale.objects.get_or_create(language_code=ENGLISH)[0]
    home = HomePage.objects.filter(locale=french).first() or _create_home(french)
    if not HomePage.objects.filter(locale=english).exists():
        _translate(home, english, "Home", "en")
    pages: dict[str, BasePage] = {"home": home}
    for section in SECTIONS:
        pages[section.key] = _section(home, section, english)
    return pages


def _create_home(locale: Locale) -> HomePage:
    """Put the French home in the place of Wagtail's welcome page, and the site on it."""
    root = Page.get_first_root_node()
    welcome = list(root.get_children().exclude(pk__in=HomePage.objects.values("pk")))
    home = HomePage(title="Accueil", slug="fr", locale=locale)
    root.add_child(instance=home)
    home.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    site.root_page = home
    site.save()
    for page in welcome:
        Page.objects.get(pk=page.pk).delete()
    return HomePage.objects.get(pk=home.pk)


def _section(home: HomePage, section: Section, english: Locale) -> BasePage:
    """Return a section's page in French, created with its English version where it is missing."""
    found = section.page_type.objects.child_of(home).filter(**section.fields).first()
    if found is None:
        title, slug = section.titles[0], section.slugs[0]
        found = section.page_type(title=title, slug=slug, locale=home.locale, show_in_menus=section.in_menu)
        for name, value in section.fields.items():
            setattr(found, name, value)
        home.add_child(instance=found)
        found.save_revision().publish()
    if not found.get_translations().filter(locale=english).exists():
        _translate(found, english, section.titles[1], section.slugs[1])
    return found


def _translate(page: BasePage, locale: Locale, title: str, slug: str) -> None:
    """Publish the version of a page in another language: a real page, not a copy kept identical."""
    translation = page.copy_for_translation(locale)
    translation.title, translation.slug, translation.draft_title = title, slug, title
    translation.save_revision().publish()
