"""The tokens that the embedded engines index of an entry.

They come from the one Python analyser and are written in ASCII letters and digits, so the database neither folds,
stems nor splits anything, and nothing that a visitor types can be read as query syntax.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from search.analysis import stem
from search.analysis.analyser import joined_forms, words
from search.enums import SILENT
from search.models import SearchEntry

# A PostgreSQL tsvector holds at most 1 MB: two halves, with a margin. About 50,000 words of a document.
ROOM = 400_000
# What a character of a text takes at most there: a word of one letter and its blank, 9 bytes; in another script, 15.
MOST_BYTES = 8
# Stands between two texts, so that no phrase runs from one to the next.
GAP = "_"


def encoded(token: str) -> str:
    """Return `token` in ASCII: itself, or its bytes in hexadecimal after a mark that no word has."""
    return token if token.isascii() else "_" + token.encode().hex()


@dataclass
class Field:
    """Tokens of one field of an entry: stems without stop words, and every form as written."""

    stems: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)


class Budget:
    """How many bytes of tokens may still be indexed of an entry, counted as PostgreSQL stores them."""

    def __init__(self, characters: int) -> None:
        self.room = ROOM
        self.seen: set[str] = set()
        # Most entries are far too short to need counting, which takes longer than reading them.
        self.is_counted = characters * MOST_BYTES > ROOM

    def take(self, tokens: list[str]) -> list[str]:
        """Return the first of the tokens that still fit, and count them."""
        if not self.is_counted:
            return tokens
        taken = []
        for token in tokens:
            self.room -= 2 if token in self.seen else len(token) + 8
            self.seen.add(token)
            if self.room <= 0:
                break
            taken.append(token)
        return taken


def read_texts(texts: Iterable[str], language: str, stems: Budget, forms: Budget) -> Field:
    """Return the tokens of `texts` in order, until the budgets are spent."""
    result = Field()
    for text in texts:
        found = words(text, language)
        result.forms += forms.take([encoded(form) for form, _stem, _accented, _is_stop in found])
        result.stems += stems.take([encoded(stemmed) for _form, stemmed, _accented, is_stop in found if not is_stop])
        for joined in joined_forms(text):
            result.stems += [GAP, encoded(stem(joined, language))]
        result.stems.append(GAP)
        result.forms.append(GAP)
        if stems.room <= 0:
            break
    return result


@dataclass(frozen=True)
class IndexedText:
    """The tokens of an entry, by weight: title, what sums it up, its own text, its attachment."""

    title: Field
    lead: Field
    body: Field
    attachment: Field

    @classmethod
    def of(cls, entry: SearchEntry, labels: Sequence[str]) -> "IndexedText":
        """Return the tokens of `entry`; `labels` are those of the values it can be filtered by."""
        lead = [entry.summary, *entry.keywords, entry.venue, entry.place, *labels]
        body = [text for section in entry.sections for text in (section["heading"], section["text"])]
        parts = ([entry.title], lead, [*body, entry.carrier_title], entry.pages)
        characters = sum(len(text) for texts in parts for text in texts)
        budgets = Budget(characters), Budget(characters)
        return cls(*(read_texts(texts, entry.language, *budgets) for texts in parts))


def facet_labels(entry: SearchEntry) -> list[str]:
    """Return the labels of the values an entry is found by, in its language, French where English has none."""
    return [
        value.label_en if entry.language == "en" and value.label_en else value.label_fr
        for value in entry.facets.all()
        if value.name not in SILENT
    ]
