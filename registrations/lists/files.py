"""Lists of participants as files: CSV as spreadsheets write it, or XLSX, read into lines of text."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_LINES = 500
MOST_BYTES = 2_000_000
# What a spreadsheet may weigh once unpacked: a small file may hold gigabytes of zeros.
MOST_UNPACKED = 50_000_000
MOST_COLUMNS = 50
LONGEST_CELL = 1000
DELIMITERS = ";,\t"


class UnreadableList(Exception):
    """The file cannot be read; `str` says why, in the active language."""


def read_list(name: str, content: bytes) -> list[list[str]]:
    """Return the lines of a file, the first one its titles; blank lines are left out. Raises UnreadableList.

    A file is told by what it holds, not by its name, which only helps the sentence.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableList(_("This file is too large: two megabytes at most."))
    rows = _from_spreadsheet(content) if content.startswith(b"PK") else _from_csv(content)
    lines = []
    for row in rows:
        cells = [" ".join(cell.split())[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]]
        # A spreadsheet is as wide as its widest line, and wider: what is empty at the end is no cell.
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            lines.append(cells)
        if len(lines) > MOST_LINES + 1:
            raise UnreadableList(_("This list has more than %(count)d lines: cut it in two.") % {"count": MOST_LINES})
    if len(lines) < 2:
        raise UnreadableList(_("“%(name)s” holds no line below its titles.") % {"name": name})
    return lines


def _from_csv(content: bytes) -> Iterator[list[str]]:
    if b"\0" in content:
        raise UnreadableList(_("This is neither a CSV file nor an XLSX spreadsheet."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What a French Excel writes as «CSV».
        text = content.decode("cp1252", errors="replace")
    first = text.lstrip().partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise UnreadableList(_("This CSV file cannot be read to its end.")) from error


def _from_spreadsheet(content: bytes) -> Iterator[list[str]]:
    """Return the lines of the first sheet, as it shows them: a formula counts by its last result."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise UnreadableList(_("This spreadsheet is too large once unpacked."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
            yield [_as_text(value) for value in row]
    except UnreadableList:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, EOFError) as error:
        raise UnreadableList(_("This spreadsheet cannot be read: save it as XLSX again, or as CSV.")) from error


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)
