"""Addresses for messages, which are read far from the site: complete, and in the language of the booking."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, Site

from portal.languages import full_address
from registrations.models import Booking


def default_site() -> Site | None:
    """Return the site whose host and port complete our addresses."""
    return Site.objects.filter(is_default_site=True).first()


def centre_name() -> str:
    """Return the name that signs messages: the site's, else that of the admin."""
    return name_of(default_site())


def name_of(site: Site | None) -> str:
    """Return the name of the site that `default_site` returned, else that of the admin."""
    return (site.site_name if site else "") or str(settings.WAGTAIL_SITE_NAME)


def root_of(site: Site | None) -> str:
    """Return how complete addresses begin on the site that `default_site` returned."""
    return site.root_url if site else settings.WAGTAILADMIN_BASE_URL


def absolute(path: str) -> str:
    """Return a complete address for a path of ours."""
    return full_address(path)


def private_url(booking: Booking, root: str = "") -> str:
    """Return the private link of a booking: whoever has it sees and cancels. Who writes many gives the `root_of`."""
    with override(booking.language):
        path = reverse("registrations:booking", args=[booking.token])
    return f"{root}{path}" if root else absolute(path)


def page_url(page: Page) -> str:
    """Return the complete address of a page, or an empty text when it has none."""
    return page.full_url or ""
