"""Pages are found under the names that the directory's rows have now."""

import pytest

from directory.models import PageTheme
from resources.models import DossierPage
from search.models import SearchEntryFacet
from tests.factories.directory import ThemeFactory
from tests.factories.pages import make_page

pytestmark = pytest.mark.django_db


def test_renaming_a_theme_renames_it_in_the_entries_of_its_pages(django_capture_on_commit_callbacks):
    theme = ThemeFactory(label_fr="Cadre de vie")
    with django_capture_on_commit_callbacks(execute=True):
        dossier = make_page(DossierPage, "GUP")
        dossier.page_themes = [PageTheme(theme=theme)]
        dossier.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        theme.label_fr = "Vie quotidienne"
        theme.save()
    assert SearchEntryFacet.objects.get(name="theme").label_fr == "Vie quotidienne"
