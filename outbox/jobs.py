"""What the outbox does by itself."""

from datetime import timedelta

from outbox.services import send_waiting_messages
from portal.due import job


@job(every=timedelta(seconds=30))
def deliver_messages() -> None:
    """Send the messages that wait."""
    send_waiting_messages()
