"""How a booking is invoiced, and what the invoice must name. The invoices themselves are not made here."""

from collections.abc import Iterable

from directory.enums import PUBLIC_KINDS, ChorusNeed
from registrations.enums import BillingRoute
from registrations.models import Booking
from registrations.services.prices import PriceLine
from registrations.services.requests import BillingReferences, Employer
from registrations.services.seats import with_retries


def route_of(employer: Employer, lines: Iterable[PriceLine]) -> str:
    """Return how the invoice of a booking leaves; an empty text where nothing can be charged.

    Public bodies receive theirs through Chorus Pro (see `directory.enums.PUBLIC_KINDS`), and so does whoever needs
    something of it.
    """
    if not any(line.quote.price.may_cost for line in lines):
        return ""
    is_public = employer.kind in PUBLIC_KINDS or need_of(employer) != ""
    return BillingRoute.CHORUS if is_public else BillingRoute.EMAIL


def need_of(employer: Employer) -> str:
    """Return what the invoices of an organisation must name (a `ChorusNeed`), an empty text for nothing known."""
    return employer.organisation.chorus_need if employer.organisation else ""


def lacking(need: str, given: BillingReferences) -> str:
    """Return what an invoice still lacks, as a `ChorusNeed`; an empty text for nothing."""
    lacks_service, lacks_engagement = not given.service_code, not given.engagement_number
    answers = {
        ChorusNeed.SERVICE: need if lacks_service else "",
        ChorusNeed.ENGAGEMENT: need if lacks_engagement else "",
        ChorusNeed.EITHER: need if lacks_service and lacks_engagement else "",
        ChorusNeed.BOTH: _of_both(lacks_service, lacks_engagement),
    }
    return str(answers[ChorusNeed(need)]) if need else ""


def _of_both(lacks_service: bool, lacks_engagement: bool) -> str:
    if lacks_service and lacks_engagement:
        return ChorusNeed.BOTH
    return ChorusNeed.SERVICE if lacks_service else ChorusNeed.ENGAGEMENT if lacks_engagement else ""


def lacking_in(booking: Booking) -> str:
    """Return what the invoice of a booking still lacks, as a `ChorusNeed`; nothing where none is due."""
    if booking.billing_route != BillingRoute.CHORUS or booking.organisation is None:
        return ""
    return lacking(booking.organisation.chorus_need, references_of(booking))


def references_of(booking: Booking) -> BillingReferences:
    """Return what the invoice of a booking names."""
    return BillingReferences(booking.service_code, booking.engagement_number)


def change_references(booking: Booking, given: BillingReferences) -> None:
    """Write what the invoice of a booking names. Raises TooBusy."""
    fields = {"service_code": given.service_code, "engagement_number": given.engagement_number}
    with_retries(lambda: Booking.objects.filter(pk=booking.pk).update(**fields))
