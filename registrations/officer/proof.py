"""The live proof: everything recounted at each visit, for whoever may read registrations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registrations.officer.access import VIEW, requires
from registrations.proof import proof


@requires(VIEW)
@require_safe
def live_proof(request: HttpRequest) -> HttpResponse:
    """Recount seats, states, prices and messages, and say what does not add up."""
    checks = proof()
    context = {
        "checks": checks,
        "is_right": all(check.is_right for check in checks),
        "at": timezone.localtime(),
        "header_title": _("Live proof"),
    }
    return render(request, "admin/registrations/proof.html", context)
