"""Small files made on the spot: PDF, OpenDocument, Word, and broken ones."""

import io
import zipfile
from collections.abc import Sequence

from django.core.files.base import ContentFile
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from wagtail.documents.models import Document
from wagtail.models import Collection


def pdf(pages: Sequence[str], password: str = "") -> bytes:
    """Return a PDF whose pages hold these lines."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    for text in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        lines = b" ".join(b"(%s) Tj T*" % escaped(line) for line in text.split("\n"))
        stream = DecodedStreamObject()
        stream.set_data(b"BT /F1 12 Tf 14 TL 50 800 Td " + lines + b" ET")
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    result = io.BytesIO()
    writer.write(result)
    assert len(PdfReader(io.BytesIO(result.getvalue()), password=password or None).pages) == len(pages)
    return result.getvalue()


def escaped(line: str) -> bytes:
    """Return a line as a PDF string holds it."""
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def archive(parts: dict[str, str]) -> bytes:
    """Return a ZIP archive of these parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return result.getvalue()


def odt(paragraphs: Sequence[str], *, encrypted: bool = False) -> bytes:
    """Return an OpenDocument text; paragraphs hold markup, and those that begin by «¶» start a page by their style."""
    namespaces = (
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
        ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    )
    body = '<style:style style:name="P2"><style:paragraph-properties fo:break-before="page"/></style:style>'
    for text in paragraphs:
        style = ' text:style-name="P2"' if text.startswith("¶") else ""
        body += text if text.startswith("<") else f"<text:p{style}>{text.removeprefix('¶')}</text:p>"
    data = "<m:encryption-data/>" if encrypted else ""
    return archive(
        {
            "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f"<m:file-entry>{data}</m:file-entry></m:manifest>",
            "content.xml": f"<office:document {namespaces}>{body}</office:document>",
        }
    )


def docx(paragraphs: Sequence[str]) -> bytes:
    """Return a Word document; paragraphs hold text, or runs."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    runs = (text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>" for text in paragraphs)
    body = "".join(f"<w:p>{found}</w:p>" for found in runs)
    return archive({"word/document.xml": f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'})


def store(title: str, name: str, content: bytes, collection: Collection | None = None) -> Document:
    """Return a document of the site."""
    document = Document(title=title, collection=collection or Collection.get_first_root_node())
    document.file.save(name, ContentFile(content), save=False)
    document.file_size = len(content)
    document.save()
    return document
