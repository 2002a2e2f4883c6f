"""Signing in as somebody of the team."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.users.models import UserProfile

from home.roles import create_roles

ADMINISTRATOR = "administrator"
# Somebody with an account, and no role.
NO_ROLE = ""


def sign_in_as(client: Client, role: str | None, language: str = "", **fields: Any) -> Client:
    """Sign a client in as somebody of a role of `home.roles`, ADMINISTRATOR or NO_ROLE; None leaves a visitor.

    `language`: the one in which they read the admin; the site's where it is empty. `fields`: of their account.
    """
    if role is None:
        return client
    create_roles()
    user = User.objects.create_user(role or "nobody", is_superuser=role == ADMINISTRATOR, **fields)
    if language:
        UserProfile.objects.create(user=user, preferred_language=language)
    if role not in (ADMINISTRATOR, NO_ROLE):
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client
