"""Forms of the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class ResourcePageForm(WagtailAdminPageForm):
    """The form of a resource; a draft may not lead anywhere yet."""

    def clean(self) -> dict[str, Any]:
        """Refuse to publish a resource that leads nowhere."""
        cleaned = super().clean()
        leads = cleaned.get("file") or cleaned.get("external_url") or "external_url" in self.errors
        if not leads and not self.is_deferred_validation:
            self.add_error("external_url", _("Give a file or an address: a resource leads somewhere."))
        return cleaned
