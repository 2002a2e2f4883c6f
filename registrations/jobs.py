"""What registrations do by the clock."""

import datetime

from portal.due import job
from registrations import needs, services
from registrations.co_organiser import exporting
from registrations.messages import announcements
from registrations.space import spaces


@job(every=datetime.timedelta(minutes=1))
def expire_offers() -> None:
    """End the offers whose deadline is past, and offer their places to the next."""
    services.expire_offers()


@job(every=datetime.timedelta(hours=12))
def forget_needs() -> None:
    """Delete what people needed on dates that are past."""
    needs.forget_needs()


@job(every=datetime.timedelta(hours=1))
def forget_spaces() -> None:
    """Delete the links and the open spaces that are over."""
    spaces.forget_spaces()


@job(every=datetime.timedelta(hours=1))
def forget_exports() -> None:
    """Delete the addresses of lists that are over."""
    exporting.forget_exports()


@job(every=datetime.timedelta(minutes=10))
def write_around_the_day() -> None:
    """Remind, send joining instructions, thank: what is due at nine in the morning."""
    announcements.write_what_is_due()
