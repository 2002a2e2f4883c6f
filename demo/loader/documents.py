"""The PDF files of the demonstration, rendered from their texts when they are first asked for."""

from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from demo.loader.content import document_files
from events.models import PageDocument


def document(key: str, user: User | None = None) -> Document:
    """Return the stored document of a key, rendering its file the first time."""
    text = document_files()[key]
    found = Document.objects.filter(title=text["title"]).first()
    if found:
        return found
    # Imported here: each start of the portal imports this module, and the PDF library is slow to load.
    from demo.pdf import render_pdf

    content = render_pdf(text["title"], text["author"], text["language"], text["body"])
    file = ContentFile(content, name=text["file"])
    new = Document(title=text["title"], file=file, file_size=len(content), uploaded_by_user=user)
    new.save()
    return new


def page_documents(rows: list[dict[str, Any]], user: User | None = None) -> list[PageDocument]:
    """Return what a session or an event hands out, for everyone or for its participants: not stored yet."""
    return [
        PageDocument(
            document=document(row["document"], user),
            label_fr=row["label"]["fr"],
            label_en=row["label"].get("en", ""),
            language=row["language"],
            audience=row["audience"],
        )
        for row in rows
    ]
