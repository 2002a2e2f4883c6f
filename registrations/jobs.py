"""What registrations do by the clock."""

import datetime

from portal.due import job
from registrations import services


@job(every=datetime.timedelta(minutes=1))
def expire_offers() -> None:
    """End the offers whose deadline is past, and offer their places to the next."""
    services.expire_offers()
