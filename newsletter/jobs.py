"""What the newsletter does by itself."""

from datetime import timedelta

from newsletter.services import forget
from portal.due import job


@job(every=timedelta(hours=6))
def forget_subscriptions() -> None:
    """Delete who never confirmed, and who left long ago."""
    forget()
