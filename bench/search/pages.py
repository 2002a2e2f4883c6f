"""From a page to its entry: what `search_rebuild` and each publication do before anything is indexed."""

import time

from resources.models import DossierPage
from search.registry import provider_for
from tests.factories.pages import make_page

TEXT = "<p>" + "Le quartier se transforme avec celles et ceux qui y vivent. " * 30 + "</p>"


def pages_a_second(number: int) -> float:
    """Return how many dossiers of about 330 words are read into entries in a second, nothing being written."""
    pages = [make_page(DossierPage, f"Dossier {place}", introduction=TEXT) for place in range(number)]
    provider = provider_for(pages[0])
    started = time.perf_counter()
    for page in pages:
        read = provider.model._base_manager.get(pk=page.pk)
        for data in provider.entries(read):
            data.cleaned().fingerprint()
    return number / (time.perf_counter() - started)
