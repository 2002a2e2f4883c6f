"""The registry of page builders: one per page type, in French and, where it has one, in English.

The demonstration is made of these pages, and every cross-cutting test loops over them: a new page type has to be added
here (a test says so), and is then proven to render, translate, preview, be accessible and be found.
"""

from dataclasses import dataclass

from cycles.models import SessionPage, TrainingCyclePage, TrainingIndexPage
from demo.loader.demonstration import build_page
from events.models import EventIndexPage, EventPage, ReportPage
from home.models import ContactPage, HomePage, LegalPage, NewsIndexPage, NewsPage, StandardPage
from portal.models import BasePage
from resources.models import CaseStudyPage, DossierPage, ResourceIndexPage, ResourcePage


@dataclass(frozen=True)
class PageBuilder:
    """How to make the demonstration's page of a type: `key` names its file of texts."""

    page_type: type[BasePage]
    key: str

    def build(self) -> BasePage:
        """Return the French page, published, with all it needs; its English version is beside it."""
        return build_page(self.key)


PAGE_KEYS: dict[type[BasePage], str] = {
    HomePage: "home",
    StandardPage: "about",
    NewsIndexPage: "news",
    NewsPage: "news-cycle-opens",
    ContactPage: "contact",
    LegalPage: "privacy",
    TrainingIndexPage: "training",
    TrainingCyclePage: "cycle-contracts",
    SessionPage: "session-introductory",
    EventIndexPage: "events",
    EventPage: "event-workshops",
    ReportPage: "report-saint-nazaire",
    ResourceIndexPage: "resources",
    DossierPage: "dossier-gup",
    ResourcePage: "resource-glossary",
    CaseStudyPage: "case-migrants",
}
BUILDERS = [PageBuilder(page_type, key) for page_type, key in PAGE_KEYS.items()]
