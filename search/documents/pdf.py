"""PDF, through pypdf."""

from collections.abc import Iterator
from typing import IO

from pypdf import PdfReader

from search.documents.errors import EncryptedFile


def pages(file: IO[bytes]) -> Iterator[str]:
    """Yield the text of each page. A file protected against copying only, with an empty password, is read."""
    reader = PdfReader(file, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise EncryptedFile
    for page in reader.pages:
        yield page.extract_text()
