"""Dates of sessions and events, made by the service that the admin uses."""

import datetime
from typing import Any

from demo.loader.calendar import Calendar
from demo.loader.content import page_files
from demo.loader.pages import Pages
from events.models import HalfDay, Occurrence, OccurrenceCoOrganiser
from events.services import save_occurrence

OPENING_HOUR, CLOSING_HOUR = 8, 18


def create_occurrences(pages: Pages, key: str) -> dict[str, Occurrence]:
    """Make the dates of a page that has none yet; return them by key."""
    file, page = page_files()[key], pages.get(key)
    if "occurrences" not in file or Occurrence.objects.filter(page_id=page.pk).exists():
        return {}
    made = {}
    for row in file["occurrences"]:
        day = pages.calendar.day_of(file, row["day"]) if "day" in row else None
        occurrence = Occurrence(page=page, day=day, **_plain(row), **_window(pages.calendar, row, day))
        if "venue" in row:
            occurrence.venue = pages.rows.venue(row["venue"])
        if row.get("price_list"):
            occurrence.price_list = pages.rows.price_list(row["price_list"])
        occurrence.half_days = [
            HalfDay(starts=_hour(starts), ends=_hour(ends)) for starts, ends in row.get("half_days", [])
        ]
        occurrence.co_organisers = [
            OccurrenceCoOrganiser(organisation=pages.rows.organisation(name)) for name in row.get("co_organisers", [])
        ]
        occurrence.full_clean()
        made[row["key"]] = save_occurrence(occurrence, user=pages.user)
    return made


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    note = row.get("note", {})
    return {
        "doors": _hour(row["doors"]) if "doors" in row else None,
        "video_link": row.get("video_link", ""),
        "capacity": row.get("capacity"),
        "status": row["status"],
        "registration_mode": row["mode"],
        "note_fr": note.get("fr", ""),
        "note_en": note.get("en", ""),
    }


def _window(calendar: Calendar, row: dict[str, Any], day: datetime.date | None) -> dict[str, Any]:
    """Return when registration opens and closes: days from the day itself, at the centre's office hours."""
    if day is None:
        return {}
    return {
        "registration_opens": calendar.moment(day, row.get("opens"), OPENING_HOUR),
        "registration_closes": calendar.moment(day, row.get("closes"), CLOSING_HOUR),
    }


def _hour(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)
