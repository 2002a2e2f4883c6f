"""Colleagues pasted as a list: from a spreadsheet, a message, or typed one a line."""

import re
from dataclasses import dataclass

LINE_LENGTH = 400
EMAIL = re.compile(r"[^\s<>;,\t\"']+@[^\s<>;,\t\"']+")


@dataclass(frozen=True)
class Pasted:
    """The people read, as the fields of a line of the form, and the lines that hold no e-mail."""

    rows: list[dict[str, str]]
    unread: list[str]


def people_in(text: str) -> Pasted:
    """Return the people of a list: one a line, e-mail anywhere, then names and job title in the order given.

    «Inès Martin <ines@ville.example>; cheffe de projet», «MARTIN<tab>Inès<tab>ines@ville.example»: a word in capitals
    is a last name. What cannot be told apart is left for the visitor to correct in the form.
    """
    rows, unread = [], []
    for raw in text.replace("\x00", "").splitlines():
        line = raw.strip()[:LINE_LENGTH]
        found = EMAIL.search(line)
        if found:
            rows.append(_row(line, found))
        elif line:
            unread.append(line)
    return Pasted(rows, unread)


def _row(line: str, found: re.Match[str]) -> dict[str, str]:
    rest = f"{line[: found.start()]}\t{line[found.end() :]}"
    parts = [part.strip(" \"'<>()") for part in re.split(r"[\t;,]", rest)]
    cells = [part for part in parts if part]
    if cells and " " in cells[0]:
        first, last = _names(cells[0].split())
        job = " ".join(cells[1:])
    else:
        first, last = _names(cells[:2])
        job = " ".join(cells[2:])
    return {"first_name": first, "last_name": last, "email": found[0], "job_title": job}


def _names(words: list[str]) -> tuple[str, str]:
    """Return (first, last): last names are often in capitals, wherever they stand; else the first word is the first."""
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if capitals and len(capitals) < len(words):
        return " ".join(word for word in words if word not in capitals), " ".join(capitals)
    return (words[0], " ".join(words[1:])) if words else ("", "")
