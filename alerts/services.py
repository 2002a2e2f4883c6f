"""Asking for an alert in two steps, changing it, stopping it, and forgetting who never confirmed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from alerts.enums import Frequency
from alerts.messages import write_confirmation, write_too_many
from alerts.models import Alert
from outbox.models import Message
from outbox.services import forget_messages_about

WRITE_AGAIN_AFTER = timedelta(hours=1)
# A link that nobody opened within a week was not wanted.
FORGET_UNCONFIRMED_AFTER = timedelta(days=7)
# A digest is of use for a while; the copy that the outbox keeps holds an address.
FORGET_DIGESTS_AFTER = timedelta(days=30)
MOST_ALERTS = 10
MORNING = 7


def consent_wording() -> str:
    """Return what one agrees to by asking: shown at the button, kept with the alert."""
    return gettext(
        "We write to this address what is new in this search, and nothing else. Each message has a link to stop: it "
        "erases the address."
    )


def ask(email: str, query: str, language: str, frequency: str) -> None:
    """Write down who wants news of a search, and send that address a message: at most one an hour for each alert.

    The message asks to confirm, or says that it is done already, or that the address has enough alerts: whoever asked
    learns nothing of that here.
    """
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    known = Alert.objects.of(email).filter(query=query, language=language)
    if not known.exists():
        if Alert.objects.of(email).count() >= MOST_ALERTS:
            write_too_many(Alert.objects.of(email).order_by("pk")[0], language)
            return
        try:
            with transaction.atomic():
                Alert.objects.create(
                    email=email, query=query, language=language, frequency=frequency, consent_wording=consent_wording()
                )
        except IntegrityError:
            pass  # Known since an instant: read below, under a lock.
    with transaction.atomic():
        alert = known.select_for_update().first()
        if alert is not None:
            _write_again(alert, frequency)


def _write_again(alert: Alert, frequency: str) -> None:
    """Write to the address of an alert unless it was written to a moment ago; only its holder changes one confirmed."""
    now = timezone.now()
    if alert.confirmed_at is None:
        alert.frequency, alert.consent_wording, alert.asked_at = frequency, consent_wording(), now
    if alert.written_at is None or alert.written_at <= now - WRITE_AGAIN_AFTER:
        alert.written_at = now
        write_confirmation(alert)
    alert.save()


def following(moment: datetime, frequency: str) -> datetime:
    """Return the next time to look for news: a morning, that of a Monday for those who want one message a week."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    day = local.date()
    if local.hour >= MORNING:
        day += timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    return datetime(day.year, day.month, day.day, MORNING, tzinfo=timezone.get_default_timezone())


def confirm(token: str) -> Alert | None:
    """Confirm the alert of a link; None where the link leads nowhere. What there is already will not be told."""
    now = timezone.now()
    with transaction.atomic():
        alert = Alert.objects.select_for_update().filter(token=token).first()
        if alert is not None and alert.confirmed_at is None:
            alert.confirmed_at = alert.told_until = now
            alert.next_at = following(now, alert.frequency)
            alert.save()
    return alert


def change(token: str, frequency: str) -> Alert | None:
    """Write to the holder of a confirmed alert more often, or less; None where the link leads nowhere."""
    next_at = following(timezone.now(), frequency)
    Alert.objects.confirmed().filter(token=token).update(frequency=frequency, next_at=next_at)
    return Alert.objects.confirmed().filter(token=token).first()


def stop(token: str) -> bool:
    """Erase the alert of a link, confirmed or not, with all that was written to its address; False where it is none."""
    with transaction.atomic():
        alert = Alert.objects.select_for_update().filter(token=token).first()
        if alert is not None:
            _erase([alert.pk])
    return alert is not None


def forget() -> int:
    """Erase the alerts that nobody confirmed, and the copies of old digests; return how many alerts."""
    now = timezone.now()
    Message.objects.filter(
        about_type=ContentType.objects.get_for_model(Alert), created_at__lt=now - FORGET_DIGESTS_AFTER
    ).delete()
    with transaction.atomic():
        over = Alert.objects.filter(confirmed_at=None, asked_at__lt=now - FORGET_UNCONFIRMED_AFTER)
        keys = list(over.select_for_update().values_list("pk", flat=True))
        _erase(keys)
    return len(keys)


def _erase(keys: list[int]) -> None:
    forget_messages_about(Alert, keys)
    Alert.objects.filter(pk__in=keys).delete()
