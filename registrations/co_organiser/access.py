"""Whose dates are whose, and who sees nothing else of the admin."""

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from events.models import Occurrence
from events.querysets import OccurrenceQuerySet
from registrations.models import CoOrganiser

OWN = "registrations.view_own_sessions"
ADMIN = "wagtailadmin.access_admin"
NAMESPACE = "own_sessions"
HOME = "wagtailadmin_home"
# What an account needs to sign in, to sign out, and to say in which language it reads.
ALWAYS_OPEN = frozenset(f"wagtailadmin_{name}" for name in ("account", "dismissibles", "login", "logout", "sprite")) | {
    HOME,
    "wagtailadmin_javascript_catalog",
}


def own_dates(user: AbstractBaseUser) -> OccurrenceQuerySet:
    """Return the dates of the pages that a user co-organises today."""
    current = CoOrganiser.objects.filter(user=user.pk, until__gte=timezone.localdate())
    return Occurrence.objects.filter(page__translation_key__in=current.values("page__translation_key"))


def sees_own_only(user: AbstractBaseUser) -> bool:
    """Tell whether a user is a co-organiser and nothing else: who has another role is held by its own permissions."""
    if not user.is_active or user.is_superuser:
        return False
    held = user.get_all_permissions()
    if OWN not in held or not held <= {OWN, ADMIN}:
        return False
    others = (GroupPagePermission, GroupCollectionPermission)
    return not any(rows.objects.filter(group__user=user).exists() for rows in others)


def is_open_to_all(request: HttpRequest) -> bool:
    """Tell whether an address of the admin is one that a co-organiser opens too."""
    found = request.resolver_match
    return found.view_name in ALWAYS_OPEN or found.namespace == NAMESPACE
