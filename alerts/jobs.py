"""What the alerts do by the clock."""

from datetime import timedelta

from alerts.digests import send_digests
from alerts.services import forget
from portal.due import job


@job(every=timedelta(minutes=15))
def write_digests() -> None:
    """Write to those whose search has news, when it is their time."""
    send_digests()


@job(every=timedelta(hours=6))
def forget_alerts() -> None:
    """Erase who never confirmed, and the copies of old digests."""
    forget()
