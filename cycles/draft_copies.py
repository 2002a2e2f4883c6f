"""A page copied as a draft, for another year."""

from django.contrib.auth.models import AbstractBaseUser
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page

from cycles.models import SessionPage

# What a page keeps for itself, beside what Wagtail leaves out: what it has left, and when it was planned to appear.
OF_THE_OLD_PAGE = ["report", "go_live_at", "expire_at", "brought_up_to_date_on"]


def copy_as_draft(page: Page, parent: Page, fields: dict[str, object], user: AbstractBaseUser | None) -> Page:
    """Return the copy of a page alone, as a draft, without what its participants were given and what it has left.

    What visitors read is copied, or the latest version of a page that they never read. With a `translation_key` in
    `fields` it becomes a translation. Whether the user may add pages there is asked by the caller.
    """
    source = page if page.live else page.get_latest_revision_as_object()
    if isinstance(source, SessionPage):
        source.page_documents = [row for row in source.page_documents.all() if not row.is_for_participants]
    action = CopyPageAction(
        source,
        to=parent,
        update_attrs=fields,
        exclude_fields=OF_THE_OLD_PAGE,
        copy_revisions=False,
        keep_live=False,
        user=user,
    )
    return action.execute(skip_permission_checks=True)
