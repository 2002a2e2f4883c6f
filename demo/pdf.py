"""Real PDF files for the demonstration: plain documents of headings, paragraphs, lists and tables."""

from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, ListFlowable, Paragraph, SimpleDocTemplate, Table, TableStyle

INK, SPRUCE, LINE = colors.HexColor("#16302b"), colors.HexColor("#1f6f5c"), colors.HexColor("#c9c2b2")
MARGIN = 2.3 * cm
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=10.5, leading=15.5, textColor=INK, spaceAfter=7)
CELL = ParagraphStyle("cell", parent=TEXT, fontSize=9.5, leading=12.5, spaceAfter=0)
HEAD = ParagraphStyle("head", parent=CELL, fontName="Helvetica-Bold")
TITLE = ParagraphStyle("title", parent=TEXT, fontName="Helvetica-Bold", fontSize=21, leading=25, spaceAfter=4)
AUTHOR = ParagraphStyle("author", parent=TEXT, textColor=SPRUCE, spaceAfter=16)
HEADING = ParagraphStyle(
    "heading", parent=TEXT, fontName="Helvetica-Bold", fontSize=13.5, leading=17, spaceBefore=10, keepWithNext=True
)


def render_pdf(title: str, author: str, language: str, body: list[dict[str, Any]]) -> bytes:
    """Return a PDF of A4 pages: title, author, then the parts (`h`, `p`, `ul`, `ol`, `table`) in order.

    The same text always gives the same bytes. Built-in fonts only (Latin-1 and typographic signs), no tags for
    assistive technology: the accessibility statement says so.
    """
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        title=title,
        author=author,
        lang=language,
        invariant=1,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
    )
    parts: list[Flowable] = [Paragraph(title, TITLE), Paragraph(author, AUTHOR)]
    for part in body:
        ((kind, value),) = part.items()
        parts.append(_flowable(kind, value))
    document.build(parts, onFirstPage=_number, onLaterPages=_number)
    return buffer.getvalue()


def _flowable(kind: str, value: Any) -> Flowable:
    if kind == "h":
        return Paragraph(value, HEADING)
    if kind == "p":
        return Paragraph(value, TEXT)
    if kind == "table":
        return _table(value)
    items = [Paragraph(item, TEXT) for item in value]
    bullets = {"bulletType": "1"} if kind == "ol" else {"bulletType": "bullet", "start": "•"}
    return ListFlowable(items, leftIndent=16, bulletFontSize=10, **bullets)


def _table(rows: list[list[str]]) -> Table:
    """Return a table whose first row is its head and whose last columns share the width the first leaves."""
    cells = [[Paragraph(text, HEAD if number == 0 else CELL) for text in row] for number, row in enumerate(rows)]
    lengths = [max(12, *(len(row[column]) for row in rows)) ** 0.6 for column in range(len(rows[0]))]
    width = A4[0] - 2 * MARGIN - 12
    style = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("LINEBELOW", (0, 0), (-1, 0), 1, INK),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
    ]
    widths = [width * length / sum(lengths) for length in lengths]
    return Table(cells, widths, style=TableStyle(style), repeatRows=1, spaceBefore=4, spaceAfter=10)


def _number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    """Write the page's number at its foot."""
    canvas.setFont("Helvetica", 9)
    canvas.setFillColor(SPRUCE)
    canvas.drawRightString(A4[0] - MARGIN, 1.3 * cm, str(document.page))
