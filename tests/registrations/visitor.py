"""What a visitor types into the public form, and how they go through it."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from events.models import Occurrence


def register_url(occurrence: Occurrence, language: str = "fr") -> str:
    """Return the address of the form."""
    with override(language):
        return reverse("registrations:register", args=[occurrence.pk])


def page_url(page: Page, language: str = "fr") -> str:
    """Return the address of the form of a page with several dates."""
    with override(language):
        return reverse("registrations:register_page", args=[page.pk])


def private_url(name: str, *args: object, language: str = "fr") -> str:
    """Return an address of the private pages: the one of a booking, of the space, and what they lead to."""
    with override(language):
        return reverse(f"registrations:{name}", args=args)


def answers(**changed: Any) -> dict[str, Any]:
    """Return what Claire types to register herself and Omar, of an organisation that nobody knows."""
    return {
        "contact-first_name": "Claire",
        "contact-last_name": "Dubois",
        "contact-email": "claire@example.org",
        "contact-phone": "",
        "organisation-query": "Association des voisins",
        "organisation-searched": "Association des voisins",
        "organisation-choice": "other",
        "organisation-name": "Association des voisins",
        "organisation-kind": "association",
        "organisation-commune": "Amiens",
        "people-count": "2",
        "people-0-is_contact": "on",
        "people-0-category": "agent",
        "people-1-first_name": "Omar",
        "people-1-last_name": "Benali",
        "people-1-email": "omar@example.org",
        "people-1-category": "association",
        "people-1-job_title": "Coordinateur",
        "consent-agreed": "on",
        **changed,
    }


def hidden(html: str) -> dict[str, str]:
    """Return the hidden fields of a page, as the browser would send them back."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    unescaped = {"&amp;": "&", "&#x27;": "'", "&quot;": '"', "&lt;": "<", "&gt;": ">"}
    values = {}
    for name, value in fields:
        for entity, character in unescaped.items():
            value = value.replace(entity, character)
        values[name] = value
    return values


class Visitor:
    """Somebody at the form of a date, or of a page with several."""

    def __init__(self, client: Client, what: Occurrence | Page, language: str = "fr") -> None:
        self.client = client
        self.url = page_url(what, language) if isinstance(what, Page) else register_url(what, language)
        self.carried: dict[str, str] = {}

    def open(self) -> Any:
        """Open the form."""
        return self._seen(self.client.get(self.url))

    def press(self, action: str, typed: dict[str, Any] | None = None, **other: Any) -> Any:
        """Press a button of the page in view, with what is typed in it."""
        return self._seen(self.client.post(self.url, {**self.carried, **(typed or {}), "action": action, **other}))

    def confirm(self, **other: Any) -> Any:
        """Press the button of the summary."""
        return self.press("confirm", **other)

    def register(self, typed: dict[str, Any] | None = None) -> Any:
        """Go through the whole form; return the last answer."""
        self.open()
        self.press("continue", answers() if typed is None else typed)
        return self.confirm()

    def _seen(self, response: Any) -> Any:
        if response.status_code != 302:
            self.carried = hidden(response.content.decode())
        return response
