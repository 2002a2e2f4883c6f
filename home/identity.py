"""The centre as messages show it."""

from django.conf import settings
from wagtail.models import Site

from home.models import CentreSettings
from outbox.identity import ACCENT, Centre


def read_centre() -> Centre:
    """Return the centre of the default site, in two queries."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return Centre(str(settings.WAGTAIL_SITE_NAME), settings.WAGTAILADMIN_BASE_URL)
    row = CentreSettings.objects.filter(site=site).first() or CentreSettings(site=site)
    return Centre(
        name=site.site_name or str(settings.WAGTAIL_SITE_NAME),
        url=site.root_url,
        address=row.address.strip(),
        email=row.email,
        phone=row.phone,
        accent=row.accent or ACCENT,
    )
