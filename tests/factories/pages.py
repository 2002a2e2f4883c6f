"""Pages for tests, below the skeleton that every centre starts with."""

from typing import Any

from django.test import TestCase
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cycles.models import SessionPage, TrainingCyclePage
from events.models import EventPage, ReportPage
from home.models import NewsPage, StandardPage
from home.services import create_skeleton
from resources.models import CaseStudyPage, DossierPage, ResourcePage
from search import sync

# Under which page of the skeleton each type stands.
PARENTS = {
    TrainingCyclePage: "training",
    EventPage: "events",
    DossierPage: "resources",
    ResourcePage: "resources",
    CaseStudyPage: "resources",
    NewsPage: "news",
    StandardPage: "home",
}


def make_page(page_type: type[Page], title: str, parent: Page | None = None, live: bool = True, **fields: Any) -> Page:
    """Return a new French page, published unless `live` is False, below `parent` or where its type stands."""
    if page_type is ResourcePage:
        fields.setdefault("external_url", "https://example.org/")
    parent = parent or create_skeleton()[PARENTS[page_type]]
    page = page_type(title=title, live=live, locale=Locale.objects.get(language_code="fr"), **fields)
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def make_session(title: str = "Gouvernance", **fields: Any) -> SessionPage:
    """Return a session in a cycle of its own."""
    cycle = make_page(TrainingCyclePage, f"Cycle {title}")
    return make_page(SessionPage, title, cycle, **fields)


def make_report(title: str = "Ce que la journée a laissé", **fields: Any) -> ReportPage:
    """Return a report below an event of its own."""
    return make_page(ReportPage, title, make_page(EventPage, "Journée"), **fields)


def let_search_read() -> None:
    """Let the search read all that was made: in a test's transaction it is never committed."""
    sync.rebuild(lambda line: None)


def translate_page(page: Page, texts: dict[str, str] | None = None, publish: bool = True) -> Page:
    """Translate a page into English as an editor does: each text by `texts`, else in capitals; return it."""
    english = Locale.objects.get(language_code="en")
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=english)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=english,
            context=segment.context,
            defaults={"data": (texts or {}).get(segment.string.data, segment.string.data.upper())},
        )
    # It is published after the commit: in a test's transaction, at the end of this block.
    with TestCase.captureOnCommitCallbacks(execute=True):
        translation.save_target(publish=publish)
    return translation.get_target_instance()
