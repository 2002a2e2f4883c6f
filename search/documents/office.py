"""OpenDocument and Word texts: one XML file in a ZIP archive, read with the entities and bombs of XML refused."""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from search.documents.errors import EncryptedFile, TooLarge

# What one part of the archive may unpack to: about 10,000 pages of text.
MAX_XML_BYTES = 40 * 1024 * 1024

# Where a new page begins: a character that no text has.
PAGE = "\f"

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_ODT_BLOCKS = (f"{_TEXT}p", f"{_TEXT}h")
# Word notes where the pages that it last drew begin.
_DRAWN = f"{_WORD}lastRenderedPageBreak"


def part(archive: ZipFile, name: str) -> Element:
    """Return the root of one XML part of the archive."""
    with archive.open(name) as stream:
        content = stream.read(MAX_XML_BYTES + 1)
    if len(content) > MAX_XML_BYTES:
        raise TooLarge
    return fromstring(content)


def pages_of(text: str) -> Iterator[str]:
    """Yield the text of each page; one where none is marked."""
    pages = text.split(PAGE)
    # A mark before the first word opens the first page.
    yield from pages if pages[0].strip() or len(pages) == 1 else pages[1:]


def odt_pages(file: IO[bytes]) -> Iterator[str]:
    """Yield the text of each page of an OpenDocument text, as it was last drawn; the whole where no page is marked."""
    with ZipFile(file) as archive:
        if any(True for _ in part(archive, "META-INF/manifest.xml").iter(f"{_MANIFEST}encryption-data")):
            raise EncryptedFile
        root = part(archive, "content.xml")
    # A break that the writer asked for is a matter of style; the others are marked where they fell.
    breaking = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(properties.get(f"{_FO}break-before") == "page" for properties in style)
    }
    yield from pages_of("".join(odt_blocks(root, breaking)))


def odt_blocks(element: Element, breaking: set[str | None], *, is_inside: bool = False) -> Iterator[str]:
    """Yield the text of each paragraph below an element, and the marks of pages between them.

    `is_inside`: of a paragraph, which has said its own marks.
    """
    for child in element:
        if child.tag in _ODT_BLOCKS:
            yield PAGE if child.get(f"{_TEXT}style-name") in breaking else ""
            yield odt_text(child) + "\n"
            # Notes and frames hold paragraphs of their own.
            yield from odt_blocks(child, breaking, is_inside=True)
        elif child.tag == f"{_TEXT}soft-page-break":
            yield "" if is_inside else PAGE
        else:
            yield from odt_blocks(child, breaking, is_inside=is_inside)


def odt_text(element: Element) -> str:
    """Return the text of one paragraph; spaces, tabulations and breaks are elements of their own there."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            pieces.append(" ")
        elif child.tag == f"{_TEXT}soft-page-break":
            pieces.append(PAGE)
        elif child.tag not in _ODT_BLOCKS:
            pieces.append(odt_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def docx_pages(file: IO[bytes]) -> Iterator[str]:
    """Yield the text of each page of a Word document, as Word last drew it; the whole where no page is marked.

    Without Word's own marks, the breaks that the writer asked for count.
    """
    signature = file.read(8)
    if signature.startswith(b"\xd0\xcf\x11\xe0"):  # Word wraps a protected document in an OLE container.
        raise EncryptedFile
    file.seek(0)
    with ZipFile(file) as archive:
        root = part(archive, "word/document.xml")
    is_drawn = next(root.iter(_DRAWN), None) is not None
    yield from pages_of("\n".join(docx_text(paragraph, is_drawn=is_drawn) for paragraph in root.iter(f"{_WORD}p")))


def docx_text(paragraph: Element, *, is_drawn: bool) -> str:
    """Return the text of one paragraph, with the marks of pages: Word's own where it drew the file."""
    pieces = []
    for element in paragraph.iter():
        if element.tag == f"{_WORD}t":
            pieces.append(element.text or "")
        elif element.tag == _DRAWN or (not is_drawn and _asks_for_page(element)):
            pieces.append(PAGE)
        elif element.tag in (f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
            pieces.append(" ")
    return "".join(pieces)


def _asks_for_page(element: Element) -> bool:
    if element.tag == f"{_WORD}br":
        return element.get(f"{_WORD}type") == "page"
    return element.tag == f"{_WORD}pageBreakBefore" and element.get(f"{_WORD}val") not in ("0", "false")
