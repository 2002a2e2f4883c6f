"""What is written to those who ask for news of a search."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from alerts.message_kinds import DIGEST
from alerts.models import Alert
from outbox.identity import Centre, the_centre
from outbox.kinds import Preview, Words
from outbox.services import queue_message
from outbox.texts import filled, kind_or_error, paragraphs, words_of
from portal.languages import site_root
from search.enums import Kind
from search.excerpts import plain
from search.following import asked, facts_of
from search.hits import Hit
from search.kinds import kind_label


@dataclass(frozen=True)
class Line:
    """One thing that is new, as a message tells it. `lang`: its language where the message is in another."""

    kind: str
    title: str
    url: str
    facts: str = ""
    text: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Links:
    """Complete addresses: the search itself, and those of the alert."""

    results: str
    change: str
    stop: str


def private_path(alert: Alert, name: str) -> str:
    """Return the address of «confirm», «change» or «stop» for an alert, in its language, without the site."""
    with override(alert.language):
        return reverse(f"alerts:{name}", args=[alert.token])


def links_of(alert: Alert, root: str) -> Links:
    """Return the addresses that every message about an alert has."""
    with override(alert.language):
        results = f"{reverse('search:results')}?{alert.query}"
    return Links(*(f"{root}{path}" for path in (results, private_path(alert, "change"), private_path(alert, "stop"))))


def write_confirmation(alert: Alert) -> None:
    """Queue the message that asks to confirm an alert, or that says that it is there already."""
    is_confirmed = alert.confirmed_at is not None
    with override(alert.language):
        subject = gettext("You already follow this search") if is_confirmed else gettext("Confirm your search alert")
        _write(alert, "alert_known" if is_confirmed else "alert_confirm", subject, is_confirmed=is_confirmed)


def write_too_many(alert: Alert, language: str) -> None:
    """Queue, once a day, the message that an address has as many alerts as it may. `alert` is one of them."""
    key = f"alert-full-{alert.pk}-{timezone.localdate().isoformat()}"
    with override(language):
        subject = gettext("You follow as many searches as one address may")
        _write(alert, "alert_full", subject, key=key, language=language, is_full=True)


def _write(alert: Alert, kind: str, subject: str, key: str | None = None, language: str = "", **more: Any) -> None:
    """Queue a message about an alert itself, in the active language: the alert's, unless another is named."""
    root = site_root()
    links = links_of(alert, root)
    context = {
        "centre": the_centre(),
        "subject": subject,
        "why": gettext("You receive this message because this address was typed into the form of our search alerts."),
        "asked": asked(alert.criteria),
        "frequency": alert.get_frequency_display(),
        "confirm_url": f"{root}{private_path(alert, 'confirm')}",
        "links": links,
        **more,
    }
    queue_message(
        kind=kind,
        to=alert.email,
        language=language or alert.language,
        subject=subject,
        text=render_to_string("emails/alert.txt", context),
        html=render_to_string("emails/alert.html", context),
        about=alert,
        key=key,
        # One of many alerts has no part in a message about their number.
        unsubscribe_url="" if kind == "alert_full" else links.stop,
    )


def write_digest(alert: Alert, hits: Sequence[Hit], number: int) -> None:
    """Queue what is new, in the active language, which is the alert's: the first of `number` results."""
    root = site_root()
    links = links_of(alert, root)
    lines = [line_of(hit, root, alert.language) for hit in hits]
    words = words_of([DIGEST], alert.language)[DIGEST]
    body = digest_body(words, alert.language, asked(alert.criteria), lines, number, links, the_centre())
    queue_message(
        kind=DIGEST,
        to=alert.email,
        language=alert.language,
        subject=body.subject,
        text=body.text,
        html=body.html,
        about=alert,
        unsubscribe_url=links.stop,
    )


def line_of(hit: Hit, root: str, language: str) -> Line:
    """Return a result as a message in a language tells it."""
    entry = hit.entry
    lang = entry.language if entry.language != language else ""
    return Line(hit.kind_label, entry.title, f"{root}{hit.url}", facts_of(entry), plain(hit.excerpt), lang)


def digest_body(
    words: Words, language: str, search: str, lines: Sequence[Line], number: int, links: Links, centre: Centre
) -> Preview:
    """Return the digest of these lines in the active language, which is `language`; nothing is read here."""
    facts = {"search": search, "number": str(number), "centre": centre.name}
    said = filled(words, kind_or_error(DIGEST), language, facts)
    context = {
        "centre": centre,
        "subject": said.subject,
        "why": gettext("You receive this message because you follow this search."),
        "opening": paragraphs(said.opening),
        "closing": paragraphs(said.closing),
        "lines": lines,
        "others": number - len(lines),
        "links": links,
    }
    text = render_to_string("emails/alert_digest.txt", context)
    return Preview(said.subject, text, render_to_string("emails/alert_digest.html", context))


def preview_of(language: str, words: Words) -> Preview:
    """Return the digest as somebody invented would receive it."""
    root = "https://www.example.org"
    links = Links(*(f"{root}/{path}/" for path in ("search", "change", "stop")))
    examples = {name.key: name.examples[language] for name in kind_or_error(DIGEST).placeholders}
    with override(language):
        lines = [
            Line(kind_label(Kind.EVENT, singular=True), gettext("A day on housing"), f"{root}/1/", "Amiens"),
            Line(kind_label(Kind.RESOURCE, singular=True), gettext("Guide to housing"), f"{root}/2/"),
        ]
        centre = Centre(examples["centre"], root, email="contact@example.org")
        return digest_body(words, language, examples["search"], lines, len(lines), links, centre)
