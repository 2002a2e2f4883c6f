"""Who may log in to the demonstration. The password is public: see `may_have_logins`."""

from django.conf import settings
from django.contrib.auth.models import Group, User
from wagtail.users.models import UserProfile

from home.roles import CO_ORGANISER, EDITOR, TRAINING_OFFICER
from home.services import create_roles
from portal.start import start_note

# Printed by `make run`, written in the README: it opens demonstrations only.
PASSWORD = "demo-relais-2026"  # noqa: S105
ADMINISTRATOR, CO_ORGANISING = "admin", "co-organisatrice"
# login → first name, last name, group of the admin ("" for the administrator), what `make run` says of it
PEOPLE = {
    ADMINISTRATOR: ("Hanane", "Belkacem", "", "administrator"),
    "redactrice": ("Maud", "Lefebvre", EDITOR, "editor who may not publish"),
    "formation": ("Julien", "Vasseur", TRAINING_OFFICER, "training officer"),
    CO_ORGANISING: ("Samira", "Haddad", CO_ORGANISER, "co-organiser of one session"),
}


def may_have_logins(asked: bool) -> bool:
    """Say whether logins with a public password are made: on a development machine, or when asked for."""
    return settings.DEBUG or asked


def create_logins() -> User:
    """Make the logins that are missing, with the admin in French; return the administrator."""
    create_roles()
    for login, (first_name, last_name, group, _role) in PEOPLE.items():
        names = {"first_name": first_name, "last_name": last_name, "email": f"{login}@example.org"}
        user, created = User.objects.get_or_create(username=login, defaults={**names, "is_superuser": not group})
        if not created:
            continue
        user.is_staff = not group
        user.set_password(PASSWORD)
        user.save()
        if group:
            user.groups.add(Group.objects.get(name=group))
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "fr"})
    return User.objects.get(username=ADMINISTRATOR)


@start_note
def login_lines() -> list[str]:
    """Return what `make run` prints of the logins that exist and still have the public password."""
    users = [user for user in User.objects.filter(username__in=PEOPLE) if user.check_password(PASSWORD)]
    return [f"login           {user.username} / {PASSWORD} ({PEOPLE[user.username][3]})" for user in users]
