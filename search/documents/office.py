"""OpenDocument and Word texts: one XML file in a ZIP archive, read with the entities and bombs of XML refused."""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from search.documents.errors import EncryptedFile, TooLarge

# What one part of the archive may unpack to: about 10,000 pages of text.
MAX_XML_BYTES = 40 * 1024 * 1024

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


def part(archive: ZipFile, name: str) -> Element:
    """Return the root of one XML part of the archive."""
    with archive.open(name) as stream:
        content = stream.read(MAX_XML_BYTES + 1)
    if len(content) > MAX_XML_BYTES:
        raise TooLarge
    return fromstring(content)


def odt_pages(file: IO[bytes]) -> Iterator[str]:
    """Yield the whole text of an OpenDocument text: its pages are known to the program that draws them only."""
    with ZipFile(file) as archive:
        if any(True for _ in part(archive, "META-INF/manifest.xml").iter(f"{_MANIFEST}encryption-data")):
            raise EncryptedFile
        root = part(archive, "content.xml")
    blocks = (block for block in root.iter() if block.tag in (f"{_TEXT}p", f"{_TEXT}h"))
    yield "\n".join(odt_text(block) for block in blocks)


def odt_text(element: Element) -> str:
    """Return the text of one paragraph; spaces, tabulations and line breaks are elements of their own there."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            pieces.append(" ")
        elif child.tag not in (f"{_TEXT}p", f"{_TEXT}h"):
            pieces.append(odt_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def docx_pages(file: IO[bytes]) -> Iterator[str]:
    """Yield the whole text of a Word document (its pages are not in the file either)."""
    signature = file.read(8)
    if signature.startswith(b"\xd0\xcf\x11\xe0"):  # Word wraps a protected document in an OLE container.
        raise EncryptedFile
    file.seek(0)
    with ZipFile(file) as archive:
        root = part(archive, "word/document.xml")
    yield "\n".join(docx_text(paragraph) for paragraph in root.iter(f"{_WORD}p"))


def docx_text(paragraph: Element) -> str:
    """Return the text of one paragraph."""
    pieces = []
    for element in paragraph.iter():
        if element.tag == f"{_WORD}t":
            pieces.append(element.text or "")
        elif element.tag in (f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
            pieces.append(" ")
    return "".join(pieces)
