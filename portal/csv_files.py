"""Tables as CSV files for spreadsheets."""

import io
from collections.abc import Iterable, Sequence

from defusedcsv import csv


def csv_file(lines: Iterable[Sequence[object]]) -> bytes:
    """Return lines as a file: semicolons and a byte order mark, as a French Excel expects.

    A cell that a spreadsheet would take for a formula is written as text (defusedcsv).
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for line in lines:
        writer.writerow([str(cell) for cell in line])
    return text.getvalue().encode("utf-8-sig")
