"""What the tests of registrations start from."""

import pytest
from django.core.cache import cache
from wagtail.models import Locale, Site

from cycles.models import SessionPage
from events.models import Occurrence
from registrations.form import submission
from tests.factories.events import make_occurrence


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """No wait for a test that types faster than people, and no tries left over from another one."""
    monkeypatch.setattr(submission, "MINIMUM_SECONDS", 0)
    cache.clear()


@pytest.fixture
def session_page(db: None) -> SessionPage:
    """A published session, right below the root of the site: booking needs none of the pages around it."""
    page = SessionPage(
        title="Gouvernance", slug="gouvernance", live=True, locale=Locale.objects.get(language_code="fr")
    )
    return Site.objects.get(is_default_site=True).root_page.add_child(instance=page)


@pytest.fixture
def occurrence(session_page: SessionPage) -> Occurrence:
    """A date with five places, free for everyone."""
    return make_occurrence(session_page, capacity=5)
