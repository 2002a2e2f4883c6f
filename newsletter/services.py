"""Subscribing in two steps, leaving in one, and forgetting who left."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from newsletter.enums import SubscriptionState
from newsletter.messages import write_message
from newsletter.models import Subscription
from outbox.services import forget_messages_about
from portal.private import new_token

WRITE_AGAIN_AFTER = timedelta(hours=1)
# A link that nobody opened within a week was not wanted. Who left is kept a month, to answer «since when?».
FORGET_UNCONFIRMED_AFTER = timedelta(days=7)
FORGET_UNSUBSCRIBED_AFTER = timedelta(days=30)


def consent_wording() -> str:
    """Return what one agrees to by subscribing: shown at the button, kept with the subscription."""
    return gettext(
        "We write to this address about our sessions, events and publications, and for nothing else. Each message has "
        "a link to stop."
    )


def subscribe(email: str, language: str) -> None:
    """Write down a wish to subscribe, and send its address a message: at most one an hour.

    The message asks to confirm, or tells who is subscribed already so; whoever asked learns nothing of that here.
    """
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    try:
        with transaction.atomic():
            Subscription.objects.create(email=email, language=language, consent_wording=consent_wording())
    except IntegrityError:
        pass  # Known already, perhaps since an instant: read below, under a lock.
    with transaction.atomic():
        known = Subscription.objects.select_for_update().filter(email__iexact=email).first()
        if known is not None:
            _ask_again(known, language)


def _ask_again(known: Subscription, language: str) -> None:
    """Write to a known address unless it was written to a moment ago; who had left starts afresh."""
    now = timezone.now()
    if known.state == SubscriptionState.UNSUBSCRIBED:
        known.state, known.token = SubscriptionState.PENDING, new_token()
        # The links of the last message lead nowhere any more: another one must leave now.
        known.confirmed_at = known.unsubscribed_at = known.written_at = None
    if known.state == SubscriptionState.PENDING:
        known.language, known.consent_wording, known.asked_at = language, consent_wording(), now
    if known.written_at is None or known.written_at <= now - WRITE_AGAIN_AFTER:
        known.written_at = now
        write_message(known)
    known.save()


def confirm(token: str) -> Subscription | None:
    """Confirm the subscription of a link; None where the link leads nowhere, or its holder has left since."""
    Subscription.objects.filter(token=token, state=SubscriptionState.PENDING).update(
        state=SubscriptionState.CONFIRMED, confirmed_at=timezone.now()
    )
    return Subscription.objects.filter(token=token, state=SubscriptionState.CONFIRMED).first()


def unsubscribe(token: str) -> Subscription | None:
    """End the subscription of a link, confirmed or not; None where the link leads nowhere. Twice is as good as once."""
    Subscription.objects.filter(token=token).exclude(state=SubscriptionState.UNSUBSCRIBED).update(
        state=SubscriptionState.UNSUBSCRIBED, unsubscribed_at=timezone.now()
    )
    return Subscription.objects.filter(token=token).first()


def forget() -> int:
    """Delete who never confirmed and who left, with the messages that were sent to them; return how many."""
    now = timezone.now()
    over = Subscription.objects.filter(
        Q(state=SubscriptionState.PENDING, asked_at__lt=now - FORGET_UNCONFIRMED_AFTER)
        | Q(state=SubscriptionState.UNSUBSCRIBED, unsubscribed_at__lt=now - FORGET_UNSUBSCRIBED_AFTER)
    )
    with transaction.atomic():
        ids = list(over.select_for_update().values_list("pk", flat=True))
        forget_messages(ids)
        Subscription.objects.filter(pk__in=ids).delete()
    return len(ids)


def forget_messages(ids: list[int]) -> None:
    """Delete the messages about subscriptions: they hold the address too."""
    forget_messages_about(Subscription, ids)
