"""Home, standard, news, contact and legal pages; the settings of the centre."""

from home.models.pages import ContactPage, HomePage, LegalPage, NewsIndexPage, NewsPage, StandardPage
from home.models.settings import CentreSettings

__all__ = [
    "CentreSettings",
    "ContactPage",
    "HomePage",
    "LegalPage",
    "NewsIndexPage",
    "NewsPage",
    "StandardPage",
]
