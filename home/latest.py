"""What was published last, for the home page."""

from django.apps import apps
from wagtail.models import Page

from portal.listings import ListedPage, in_language, listed

LATEST = [
    "home.NewsPage",
    "resources.DossierPage",
    "resources.ResourcePage",
    "resources.CaseStudyPage",
    "events.ReportPage",
]


def latest_pages(language: str, limit: int = 6) -> list[ListedPage]:
    """Return the news, dossiers, resources and case studies of a language, the last published first."""
    types = [apps.get_model(name) for name in LATEST]
    pages = in_language(Page.objects.type(*types), language).order_by("-first_published_at")
    return listed(list(pages.values_list("pk", flat=True)[:limit]), language)
