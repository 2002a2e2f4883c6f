"""Registering the people of a list that an officer has looked through.

Each line is a booking of its own: its person is the contact, and receives the confirmation with the private link.
"""

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import override

from directory.models import Organisation
from registrations.form import retention_notice
from registrations.lists.plan import ListedPerson
from registrations.people import person_key
from registrations.services import (
    AlreadyRegistered,
    BookingRequest,
    Contact,
    Employer,
    NotBookable,
    Person,
    TooBusy,
    book,
)


@dataclass
class ImportResult:
    """What came of a list: how many were registered, and who was not, with why."""

    registered: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def import_people(
    people: list[ListedPerson], occurrence_id: int, import_id: UUID, language: str, user: User
) -> ImportResult:
    """Register the people of a list for a date, each in a booking of their own, in their order.

    The same `import_id` registers nobody twice: after a crash the rest follows. Whoever cannot be registered is told
    of, and keeps nobody else from it.
    """
    result = ImportResult()
    organisations = Organisation.objects.select_related("territory").in_bulk([row.organisation_id for row in people])
    with override(language):
        agreement = _("Registered from a list received by %(user)s.") % {"user": user.get_full_name() or user.username}
        wording = f"{agreement} {retention_notice()}"
    busy, why = _busy(), ""
    for row in people:
        known = organisations.get(row.organisation_id)
        employer = (
            Employer.known(known) if known else Employer(None, row.organisation, row.kind, row.commune, row.siret)
        )
        request = BookingRequest(
            key=uuid5(import_id, person_key(row.email)),
            language=language,
            contact=Contact(row.first_name, row.last_name, row.email, row.phone),
            employer=employer,
            people=(Person(row.first_name, row.last_name, row.email, row.category, row.job_title),),
            occurrence_ids=(occurrence_id,),
            consent_wording=wording,
            user=user,
        )
        # A database that was locked too long for one line is not tried again for each of the others.
        why = busy if why == busy else _refusal(request)
        if why:
            result.refused.append((f"{row.first_name} {row.last_name}", why))
        else:
            result.registered += 1
    return result


def _refusal(request: BookingRequest) -> str:
    """Book, and return an empty text, or why it was refused."""
    try:
        book(request)
    except AlreadyRegistered:
        return _("Already registered.")
    except NotBookable:
        return _("This date takes no registration any longer.")
    except TooBusy:
        return _busy()
    return ""


def _busy() -> str:
    return _("The site was very busy: import the same list again.")
