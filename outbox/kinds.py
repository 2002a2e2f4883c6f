"""The kinds of messages: what each is called, its words at first, and what may be put into them.

An app declares its kinds in its module `message_kinds`, which is imported at start:

    register(Kind("newsletter_confirm", label=_("Newsletter: please confirm")))
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Placeholder:
    """What stands for a fact of the message: `{title}` in English, `{titre}` in French.

    `names` and `examples` are by language code; code fills it in under its English name, `key`. The examples are
    invented.
    """

    names: Mapping[str, str]
    label: Any
    examples: Mapping[str, str]

    @property
    def key(self) -> str:
        """The name in English, by which code calls it."""
        return self.names["en"]


@dataclass(frozen=True)
class Words:
    """What opens and closes a message, with its placeholders; paragraphs are parted by an empty line."""

    subject: str
    opening: str
    closing: str = ""


@dataclass(frozen=True)
class Preview:
    """A message as somebody invented would receive it."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Kind:
    """A kind of message. With `words` (to be translated by gettext), an officer may change them.

    `preview` makes a message of words in a language, for somebody invented.
    """

    name: str
    label: Any
    words: Words | None = None
    placeholders: tuple[Placeholder, ...] = ()
    preview: Callable[[str, Words], Preview] | None = None

    def words_in(self, language: str) -> Words:
        """Return the words that the kind has at first. Raises ValueError for a kind without words of its own."""
        if self.words is None:
            raise ValueError(f"{self.name} has no words of its own.")
        with override(language):
            # An empty text stays empty: gettext would answer with the header of the catalogue.
            return Words(*(gettext(text) if text else "" for text in vars(self.words).values()))

    def names_in(self, language: str) -> dict[str, str]:
        """Map what may be written between braces in a language to the key of its placeholder."""
        return {placeholder.names[language]: placeholder.key for placeholder in self.placeholders}


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Declare kinds of messages; a name declared twice is a mistake (ValueError)."""
    for kind in kinds:
        if _kinds.get(kind.name, kind) != kind:
            raise ValueError(f"{kind.name} is declared already.")
        _kinds[kind.name] = kind


def kind_named(name: str) -> Kind | None:
    """Return a kind, or None for a name that nobody declares (a message of former times)."""
    return _kinds.get(name)


def label_of(name: str) -> str:
    """Return what the admin calls a kind."""
    kind = _kinds.get(name)
    return str(kind.label if kind else _("Other message"))


def editable_kinds() -> list[Kind]:
    """Return the kinds whose words may be changed, in the order in which they were declared."""
    return [kind for kind in _kinds.values() if kind.words is not None]


def kind_choices() -> list[tuple[str, str]]:
    """Return (name, label) of every kind, by label."""
    return sorted(((kind.name, str(kind.label)) for kind in _kinds.values()), key=lambda pair: pair[1].casefold())
