"""Lists to download: each has an address of its own, for who asked and for an hour, and is written in the history."""

import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from events.models import Occurrence
from registrations.co_organiser.access import own_dates
from registrations.co_organiser.people import shown_rows
from registrations.lists.exports import OWN_COLUMNS
from registrations.lists.taken import DOWNLOADED, PREPARED
from registrations.models import CoOrganiserExport
from registrations.models.bookings import new_token
from registrations.officer.occurrence import FILES
from registrations.space.spaces import FORGET_AFTER, hash_of

LASTS = datetime.timedelta(hours=1)


def prepare(occurrence: Occurrence, user: User) -> str:
    """Open an address where the list of a date is handed to a user for an hour; return its secret. Logged."""
    secret, rows = new_token(), len(shown_rows(occurrence))
    with transaction.atomic():
        CoOrganiserExport.objects.create(
            user=user, occurrence=occurrence, hash=hash_of(secret), expires_at=timezone.now() + LASTS, rows=rows
        )
        log(instance=occurrence, action=PREPARED, user=user, data={"rows": rows})
    return secret


def export_of(secret: str, user: User) -> CoOrganiserExport | None:
    """Return what a secret stands for, over or not, to the user who asked for it and still co-organises that date."""
    rows = CoOrganiserExport.objects.filter(hash=hash_of(secret), user=user, occurrence__in=own_dates(user))
    return rows.select_related("occurrence__page").first()


def written(export: CoOrganiserExport, form: str) -> bytes:
    """Return the list of an export as it is now, in one of FILES. Logged: who, how many rows, no name."""
    rows = shown_rows(export.occurrence)
    write, _content_type = FILES[form]
    body = write([row for row, _rank in rows], {row.pk: rank for row, rank in rows if rank}, OWN_COLUMNS)
    log(instance=export.occurrence, action=DOWNLOADED, user=export.user, data={"rows": len(rows)})
    return body


def forget_exports() -> int:
    """Delete what ended a day ago: until then its address says that it ended. Return how many."""
    return CoOrganiserExport.objects.filter(expires_at__lt=timezone.now() - FORGET_AFTER).delete()[0]
