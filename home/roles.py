"""The roles of the team, as groups of the admin, each with what it needs and no more."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

from cycles.models import TrainingIndexPage
from events.documents import private_collection

# Names are those that the team reads in the admin, in French as the admin is.
EDITOR = "Rédaction"
PUBLISHER = "Publication"
TRAINING_OFFICER = "Formation"
CO_ORGANISER = "Co-organisation"
MODERATION = "la relecture avant publication"

DIRECTORY_ROWS = [
    "organisation",
    "person",
    "venue",
    "theme",
    "audience",
    "keyword",
    "programme",
    "network",
    "country",
    "territory",
]
MERGED_ROWS = ["organisation", "person"]
OCCURRENCE_PERMISSIONS = [f"{verb}_occurrence" for verb in ("view", "add", "change", "delete", "change_live")]
# What visitors ask, and what to do about what they do not find.
SEARCH_DESK = ["view_askedquery", "change_failedquery"]
PAGE_PERMISSIONS = {EDITOR: ["add_page", "change_page"], PUBLISHER: ["add_page", "change_page", "publish_page"]}
MODEL_PERMISSIONS = {
    EDITOR: {
        "wagtailadmin": ["access_admin"],
        "directory": [f"{verb}_{row}" for row in DIRECTORY_ROWS for verb in ("add", "change", "view")],
        "events": ["view_occurrence", "add_occurrence", "change_occurrence"],
        "wagtail_localize": ["submit_translation"],
        "search": SEARCH_DESK,
    },
    PUBLISHER: {
        "wagtailadmin": ["access_admin"],
        "directory": [f"{verb}_{row}" for row in DIRECTORY_ROWS for verb in ("add", "change", "view", "delete")],
        "events": OCCURRENCE_PERMISSIONS,
        "wagtail_localize": ["submit_translation"],
        "search": [
            *SEARCH_DESK,
            *(f"{verb}_{row}" for row in ("term", "promotion") for verb in ("add", "change", "delete", "view")),
        ],
        "newsletter": ["view_subscription", "delete_subscription", "export_subscription"],
        "wagtailredirects": ["add_redirect", "change_redirect", "delete_redirect"],
    },
    TRAINING_OFFICER: {
        "wagtailadmin": ["access_admin"],
        "events": [
            *OCCURRENCE_PERMISSIONS,
            *(f"{verb}_pricelist" for verb in ("view", "add", "change")),
        ],
        "directory": [
            *(f"{verb}_{row}" for row in (*DIRECTORY_ROWS, "membership") for verb in ("add", "change", "view")),
            # Merging duplicates deletes one of the two.
            *(f"delete_{row}" for row in MERGED_ROWS),
        ],
        "registrations": [
            *("view_booking", "view_registration", "view_needs", "change_registration", "export_registration"),
            *(
                f"{verb}_{row}"
                for row in ("referent", "question", "coorganiser")
                for verb in ("view", "add", "change", "delete")
            ),
        ],
        "outbox": ["view_message", "resend_message", "delete_bouncedaddress", "change_messagetext"],
    },
    # Somebody of another organisation: the officer says which sessions are theirs, and until when.
    CO_ORGANISER: {"wagtailadmin": ["access_admin"], "registrations": ["view_own_sessions"]},
}
COLLECTION_PERMISSIONS = [
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
]
PRIVATE_FILE_PERMISSIONS = ["add_document", "change_document", "choose_document"]


def create_roles() -> dict[str, Group]:
    """Create the groups, or give the existing ones what they lack; return them by name.

    Wagtail's own English groups make place for ours when nobody is in them.
    """
    Group.objects.filter(name__in=["Editors", "Moderators"], user__isnull=True).delete()
    groups = {}
    for name, by_app in MODEL_PERMISSIONS.items():
        group = groups[name] = Group.objects.get_or_create(name=name)[0]
        wanted = Q(pk__in=[])
        for app, codenames in by_app.items():
            wanted |= Q(content_type__app_label=app, codename__in=codenames)
        group.permissions.add(*Permission.objects.filter(wanted))
    for name, codenames in PAGE_PERMISSIONS.items():
        _allow_on_pages(groups[name], codenames)
        _allow_on_files(groups[name])
    _allow_private_files(groups[TRAINING_OFFICER])
    _allow_new_cycles(groups[TRAINING_OFFICER])
    _route_moderation(groups[PUBLISHER])
    return groups


def _allow_on_pages(group: Group, codenames: list[str]) -> None:
    root = Page.get_first_root_node()
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    for permission in permissions:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _allow_on_files(group: Group) -> None:
    root = Collection.get_first_root_node()
    for permission in Permission.objects.filter(codename__in=COLLECTION_PERMISSIONS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _allow_private_files(group: Group) -> None:
    """Let who sends participants their documents open and replace them, and no other file."""
    for permission in Permission.objects.filter(codename__in=PRIVATE_FILE_PERMISSIONS):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=private_collection(), permission=permission
        )


def _allow_new_cycles(group: Group) -> None:
    """Let who prepares the training offer copy a cycle, and write the drafts that they made; nothing is published."""
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="add_page")
    for page in TrainingIndexPage.objects.all():
        GroupPagePermission.objects.get_or_create(group=group, page=page.page_ptr, permission=permission)


def _route_moderation(group: Group) -> None:
    """Send what editors submit to those who may publish (Wagtail's own workflow asked its own group)."""
    for task in GroupApprovalTask.objects.all():
        task.groups.add(group)
    # Wagtail's migrations name both in English, and the editors' button carries the name.
    for model in (Workflow, GroupApprovalTask):
        model.objects.filter(name="Moderators approval").update(name=MODERATION)
