"""Reads the text of a stored file within limits. Whatever the file holds, the answer is a text or a named problem."""

import logging
import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from wagtail.documents.models import AbstractDocument

from search.analysis import clean
from search.documents import office, pdf
from search.documents.errors import EncryptedFile, TooLarge

logger = logging.getLogger(__name__)

MAX_BYTES = 60 * 1024 * 1024
MAX_PAGES = 500
MAX_CHARACTERS = 2_000_000
MAX_SECONDS = 20.0

_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad]\s*\n\s*(?=[a-zà-öø-ÿ])")

Reader = Callable[[IO[bytes]], Iterable[str]]
READERS: dict[str, Reader] = {"pdf": pdf.pages, "odt": office.odt_pages, "docx": office.docx_pages}
# In the others, pages are known where the program that drew them last marked them.
PAGED = "pdf"


class Problem(StrEnum):
    """Why a file has no text, for editors."""

    NONE = ""
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    NO_TEXT = "no_text"


@dataclass(frozen=True)
class Extracted:
    """Plain text of each page (one for all where pages are not known: `paged` is false), and what went wrong."""

    pages: Sequence[str]
    paged: bool
    problem: str


def extract(document: AbstractDocument) -> Extracted:
    """Return the text of a document's file; never raises. Past a limit, the text read so far is kept."""
    extension = document.file_extension.lower()
    reader = READERS.get(extension)
    if reader is None:
        return Extracted([], False, Problem.UNSUPPORTED)
    pages: list[str] = []
    problem = Problem.NONE
    try:
        if (document.file_size or document.file.size) > MAX_BYTES:
            return Extracted([], False, Problem.TOO_LARGE)
        with document.open_file() as file:
            read_pages(reader(file), pages)
    except EncryptedFile:
        problem = Problem.ENCRYPTED
    except TooLarge:
        problem = Problem.TOO_LARGE
    except Exception:
        logger.warning("No text could be read from document %s", document.pk, exc_info=True)
        problem = Problem.BROKEN
    if problem is Problem.NONE and not any(pages):
        problem = Problem.NO_TEXT
    return Extracted(pages, extension == PAGED or len(pages) > 1, problem)


def read_pages(found: Iterable[str], pages: list[str]) -> None:
    """Append the text of the pages found to `pages`, until a limit is reached."""
    deadline = time.monotonic() + MAX_SECONDS
    room = MAX_CHARACTERS
    for text in found:
        text = readable(text[:room])
        pages.append(text)
        room -= len(text)
        if room <= 0 or len(pages) >= MAX_PAGES or time.monotonic() > deadline:
            break


def readable(text: str) -> str:
    """Return text as people type it: words cut at the end of a line in one piece, ligatures of the font spelled out."""
    return clean(unicodedata.normalize("NFKC", _HYPHENATED.sub("", text)))
