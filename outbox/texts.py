"""The words of messages: the officer's where there are some, else those of the kind; and how they are filled in."""

import re
from collections.abc import Iterable, Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from outbox.kinds import Kind, Words, kind_named
from outbox.models import MessageText

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PARTS = ("subject", "opening", "closing")


def words_of(names: Iterable[str], language: str) -> dict[str, Words]:
    """Return the words of kinds in a language, in one query: each field that the officer left empty is the original.

    Raises KeyError for a kind that is not declared.
    """
    names = set(names)
    changed = {row.kind: row for row in MessageText.objects.filter(kind__in=names, language=language)}
    return {name: _merged(kind_or_error(name).words_in(language), changed.get(name)) for name in names}


def kind_or_error(name: str) -> Kind:
    """Return a kind. Raises KeyError for a name that nobody declares."""
    kind = kind_named(name)
    if kind is None:
        raise KeyError(name)
    return kind


def _merged(original: Words, changed: MessageText | None) -> Words:
    return original if changed is None else merged(original, {part: getattr(changed, part) for part in PARTS})


def merged(original: Words, changed: Mapping[str, str]) -> Words:
    """Return words where each text that is not empty takes the place of the original."""
    return Words(**{part: changed.get(part, "").strip() or getattr(original, part) for part in PARTS})


def fill(text: str, kind: Kind, language: str, facts: Mapping[str, str]) -> str:
    """Put facts in the place of placeholders. What a fact holds is never read as a placeholder, nor as code."""
    keys = kind.names_in(language)
    return PLACEHOLDER.sub(lambda found: str(facts.get(keys.get(found[1].strip(), ""), "")), text)


def filled(words: Words, kind: Kind, language: str, facts: Mapping[str, str]) -> Words:
    """Return words with their placeholders filled in."""
    return Words(**{part: fill(getattr(words, part), kind, language, facts) for part in PARTS})


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, which are parted by empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def what_is_wrong(text: str, kind: Kind, language: str) -> str:
    """Return a sentence about the placeholders of a text that nothing would fill in, or an empty text."""
    allowed = kind.names_in(language)
    unknown = [found for found in PLACEHOLDER.findall(text) if found.strip() not in allowed]
    shown = ", ".join(f"{{{name}}}" for name in allowed)
    if unknown:
        return _("%(unknown)s is not known here. You may write: %(allowed)s.") % {
            "unknown": ", ".join(f"{{{name}}}" for name in dict.fromkeys(unknown)),
            "allowed": shown,
        }
    if set("{}") & set(PLACEHOLDER.sub("", text)):
        return _("A brace stands alone: braces surround one of these words: %(allowed)s.") % {"allowed": shown}
    return ""


def save_words(kind: Kind, language: str, values: Mapping[str, str], user: AbstractBaseUser | None) -> bool:
    """Keep the officer's words for a kind in a language; return whether anything changed.

    A text that is empty, or that is the original one, is not kept: it follows the original.
    """
    original = kind.words_in(language)
    own = {part: values.get(part, "").replace("\r\n", "\n").strip() for part in PARTS}
    own = {part: "" if text == getattr(original, part) else text for part, text in own.items()}
    rows = MessageText.objects.filter(kind=kind.name, language=language)
    if not any(own.values()):
        return bool(rows.delete()[0])
    known = rows.first()
    if known is not None and all(getattr(known, part) == text for part, text in own.items()):
        return False
    MessageText.objects.update_or_create(kind=kind.name, language=language, defaults={**own, "changed_by": user})
    return True


def restore_words(kind: Kind) -> bool:
    """Go back to the original words of a kind in every language; return whether there were others."""
    return bool(MessageText.objects.filter(kind=kind.name).delete()[0])
