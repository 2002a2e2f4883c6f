"""Dossiers for tests."""

import json
from typing import Any

from wagtail.models import Page

from resources.models import DossierItem, DossierPage
from tests.factories.pages import make_page
from tests.factories.streams import stored_chapter, stored_heading, stored_text


def make_dossier(
    title: str = "La gestion urbaine de proximité", items: list[Page] | None = None, **fields: Any
) -> Page:
    """Return a published dossier of two chapters that gathers the given pages."""
    fields.setdefault("introduction", "<p>Faire tenir au quotidien.</p>")
    fields.setdefault(
        "body",
        json.dumps(
            [
                stored_chapter(
                    "Installer la démarche",
                    stored_heading("Les six premiers mois"),
                    stored_text("Marcher, puis trier."),
                ),
                stored_chapter("Évaluer", stored_text("Trois indicateurs suffisent."), anchor="evaluer"),
            ]
        ),
    )
    dossier = make_page(DossierPage, title, **fields)
    dossier.dossier_items = [DossierItem(page=page, sort_order=number) for number, page in enumerate(items or [])]
    dossier.save_revision().publish()
    dossier.refresh_from_db()
    return dossier
