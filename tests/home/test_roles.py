"""Who may do what in the admin: one row per address and role."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection
from wagtail.snippets.models import get_snippet_models

from directory.models import Membership, Organisation, Theme
from events.documents import may_open, private_collection
from events.viewsets import occurrence_viewset, price_list_viewset
from home.roles import CO_ORGANISER, EDITOR, MODEL_PERMISSIONS, PUBLISHER, TRAINING_OFFICER, create_roles
from resources.models import DossierPage
from tests.factories.pages import make_page

pytestmark = pytest.mark.django_db
ROLES = [None, EDITOR, PUBLISHER, TRAINING_OFFICER, CO_ORGANISER]


@pytest.fixture
def log_in(client):
    create_roles()

    def as_role(role: str | None) -> None:
        if role:
            user = User.objects.create_user(role, password="-")
            user.groups.add(Group.objects.get(name=role))
            client.force_login(user)

    return as_role


def snippet_url(model, name: str) -> str:
    return reverse(model.snippet_viewset.get_url_name(name))


ADDRESSES = {
    # address: what anonymous, editor, publisher, training officer, co-organiser may (True) or may not (False) open
    "admin": (lambda: "/admin/", [False, True, True, True, True]),
    "organisations": (lambda: snippet_url(Organisation, "list"), [False, True, True, True, False]),
    "new organisation": (lambda: snippet_url(Organisation, "add"), [False, True, True, True, False]),
    "memberships": (lambda: snippet_url(Membership, "list"), [False, False, False, True, False]),
    "new theme": (lambda: snippet_url(Theme, "add"), [False, True, True, True, False]),
    "dates": (lambda: reverse(occurrence_viewset.get_url_name("list")), [False, True, True, True, False]),
    "price lists": (lambda: reverse(price_list_viewset.get_url_name("list")), [False, False, False, True, False]),
    "board of registrations": (lambda: reverse("registrations_admin:occurrences"), [False, False, False, True, False]),
    "likely duplicates": (lambda: reverse("duplicates:likely", args=["person"]), [False, False, True, True, False]),
    "settings of the centre": (lambda: "/admin/settings/home/centresettings/", [False, False, False, False, False]),
    "users": (lambda: "/admin/users/", [False, False, False, False, False]),
    "own sessions": (lambda: reverse("own_sessions:sessions"), [False, False, False, False, True]),
}


@pytest.mark.parametrize("position", range(len(ROLES)), ids=lambda position: str(ROLES[position]))
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_role_opens_what_it_needs_and_no_more(client, log_in, position, name):
    address, allowed = ADDRESSES[name]
    log_in(ROLES[position])
    response = client.get(address(), follow=True)
    shown = response.status_code == 200 and response.request["PATH_INFO"].startswith(address())
    shown = shown and (address() != "/admin/" or "login" not in response.request["PATH_INFO"])
    assert shown is allowed[position]


@pytest.mark.parametrize(("role", "published"), [(EDITOR, False), (PUBLISHER, True)])
def test_an_editor_writes_and_a_publisher_publishes(client, log_in, role, published):
    dossier = make_page(DossierPage, "Ancien titre")
    log_in(role)
    data = {
        "title": "Nouveau titre",
        "slug": dossier.slug,
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
    }
    for relation in (
        "page_themes",
        "page_audiences",
        "page_territories",
        "page_organisations",
        "page_people",
        "dossier_items",
        "related_rows",
    ):
        data |= {f"{relation}-TOTAL_FORMS": "0", f"{relation}-INITIAL_FORMS": "0"}
    client.post(reverse("wagtailadmin_pages:edit", args=[dossier.pk]), data)
    dossier.refresh_from_db()
    assert (dossier.title == "Nouveau titre") is published
    assert dossier.get_latest_revision_as_object().title == "Nouveau titre"


def test_roles_are_created_once():
    first = {name: group.pk for name, group in create_roles().items()}
    assert {name: group.pk for name, group in create_roles().items()} == first


def test_every_permission_that_a_role_names_exists():
    known = set(Permission.objects.values_list("content_type__app_label", "codename"))
    for by_app in MODEL_PERMISSIONS.values():
        for app, codenames in by_app.items():
            assert {(app, codename) for codename in codenames} <= known


def test_the_training_officer_opens_the_files_for_participants_and_no_others(log_in):
    log_in(TRAINING_OFFICER)
    officer = User.objects.get(username=TRAINING_OFFICER)
    kept = Document(title="Liste", collection=private_collection())
    public = Document(title="Programme", collection=Collection.get_first_root_node())
    assert may_open(officer, kept)
    assert not may_open(officer, public)


def test_no_chooser_tells_who_is_registered_written_to_or_subscribed(admin_client):
    """Choosers are open to everybody of the admin: searching an address in one says whether it is there."""
    personal = {model for model in get_snippet_models() if not model.snippet_viewset.add_to_reference_index}
    assert {model.__name__ for model in personal} >= {"Message", "Referent", "Subscription"}
    for model in personal:
        viewset = model.snippet_viewset
        assert admin_client.get(f"/admin/{viewset.get_chooser_admin_base_path()}/").status_code == 404, model
    chosen = Organisation.snippet_viewset.get_chooser_admin_base_path()
    assert admin_client.get(f"/admin/{chosen}/").status_code == 200
