"""The private space of a person: opened by a link sent to their mailbox, closed by themself or by the clock."""

import datetime
import hashlib

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from registrations.messages.private_links import write_access_link
from registrations.models import AccessLink, Booking, CalendarFeed, OpenSpace, Participant, Referent
from registrations.models.bookings import new_token
from registrations.people import person_key, same_person

LINK_LASTS = datetime.timedelta(hours=1)
SPACE_LASTS = datetime.timedelta(hours=12)
# What is over is forgotten after this long: until then it answers «was this link used?».
FORGET_AFTER = datetime.timedelta(days=1)


def hash_of(secret: str) -> str:
    """Return what is kept of a secret. It has 256 random bits: one round of a plain hash hides it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def ask_for_link(email: str, language: str) -> None:
    """Send a link to whoever has something to see; whoever asks learns nothing of that, not even by the time it takes.

    For an address that nobody registered the same is read, written and composed, then the message is taken back.
    """
    key, to, secret = person_key(email), recorded_address(email), new_token()
    with transaction.atomic():
        AccessLink.objects.create(
            person_key=key if to else "",
            hash=hash_of(secret),
            expires_at=timezone.now() + LINK_LASTS,
            revoked=not to,
        )
        with transaction.atomic():
            write_access_link(to or email, language, secret)
            if not to:
                transaction.set_rollback(True)


def recorded_address(email: str) -> str:
    """Return the address of a person as they, or who registered them, wrote it; an empty text for nobody.

    The one that is typed where it is on record, else the newest: a message never goes where nobody said to write.
    """
    key = person_key(email)
    found = [
        address
        for model in (Booking, Participant, Referent)
        for address in model.objects.filter(same_person("email", key)).order_by("-pk").values_list("email", flat=True)
    ]
    typed = email.strip().lower()
    return next((address for address in found if address.lower() == typed), found[0] if found else "")


def usable_link(secret: str) -> AccessLink | None:
    """Return a link that still opens a space, or None: unknown, used, revoked, expired."""
    return _usable_links().filter(hash=hash_of(secret)).first()


def _usable_links() -> QuerySet:
    return AccessLink.objects.filter(used_at=None, revoked=False, expires_at__gt=timezone.now())


def open_space(secret: str) -> str:
    """Use a link up and return the secret of the space that it opens; an empty text when the link opens none.

    Of two who use it at once, one opens a space.
    """
    link = usable_link(secret)
    now = timezone.now()
    with transaction.atomic():
        if link is None or not _usable_links().filter(pk=link.pk).update(used_at=now):
            return ""
        opened = new_token()
        OpenSpace.objects.create(
            person_key=link.person_key, hash=hash_of(opened), opened_at=now, expires_at=now + SPACE_LASTS
        )
    return opened


def space_of(secret: str) -> OpenSpace | None:
    """Return the space that a secret opens, or None once it is closed or its hours are over."""
    return _open_spaces().filter(hash=hash_of(secret)).first()


def _open_spaces() -> QuerySet:
    return OpenSpace.objects.filter(closed_at=None, expires_at__gt=timezone.now())


def close_space(space: OpenSpace) -> None:
    """Close a space: its secret opens nothing any more."""
    OpenSpace.objects.filter(pk=space.pk).update(closed_at=timezone.now())


def close_all_spaces(key: str) -> None:
    """Close the spaces of a person in every browser, and revoke the links on their way."""
    with transaction.atomic():
        _open_spaces().filter(person_key=key).update(closed_at=timezone.now())
        _usable_links().filter(person_key=key).update(revoked=True)


def renew_feed(key: str) -> CalendarFeed:
    """Give a person's calendar a new address; the one before leads nowhere from now on."""
    return CalendarFeed.objects.update_or_create(
        person_key=key, defaults={"token": new_token(), "created_at": timezone.now()}
    )[0]


def forget_spaces() -> int:
    """Delete the links and spaces that are long over; return how many."""
    before = timezone.now() - FORGET_AFTER
    links = AccessLink.objects.filter(expires_at__lt=before).delete()[0]
    spaces = OpenSpace.objects.filter(Q(expires_at__lt=before) | Q(closed_at__lt=before)).delete()[0]
    return links + spaces
