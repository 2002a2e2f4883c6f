"""Public documents of which the search could read no text: why, and where they stand."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page
from wagtail.permissions import policy_registry

from search.documents.extraction import Problem
from search.enums import Kind
from search.models import SearchEntry
from search.providers.documents import carrying_pages

REASONS: dict[str, str | Promise] = {
    Problem.NO_TEXT: _("It holds pictures of pages: have its text recognised (OCR), then replace the file."),
    Problem.ENCRYPTED: _("It asks for a password: replace it with a file that opens without one."),
    Problem.BROKEN: _("It cannot be read: open it, save it anew, and replace it."),
    Problem.TOO_LARGE: _("It is too large to be read whole: cut it, or make it lighter."),
    Problem.UNSUPPORTED: _("Files of this format are found by their title only; a PDF, ODT or DOCX is read."),
}


@dataclass(frozen=True)
class Unread:
    """A document whose text is missing, and the reason in words. Asking for its pages costs queries."""

    document: AbstractDocument
    reason: str | Promise

    @property
    def pages(self) -> list[Page]:
        """The pages that carry it."""
        return carrying_pages(self.document)


def may_change_documents(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Tell whether the user may change documents, in some collection at least."""
    return policy_registry.get_by_type(get_document_model()).user_has_permission(user, "change")


def unread_documents(user: AbstractBaseUser) -> list[Unread]:
    """Return the documents that the user may change and whose text is missing, what can be mended first."""
    order = list(map(str, REASONS))
    entries = SearchEntry.objects.filter(kind=Kind.DOCUMENT, facts__problem__in=order)
    problems = {int(key): facts["problem"] for key, facts in entries.values_list("source_key", "facts")}
    policy = policy_registry.get_by_type(get_document_model())
    may_change = policy.instances_user_has_any_permission_for(user, ["change"])
    documents = sorted(
        may_change.filter(pk__in=problems), key=lambda row: (order.index(problems[row.pk]), row.title, row.pk)
    )
    return [Unread(document, REASONS[problems[document.pk]]) for document in documents]
