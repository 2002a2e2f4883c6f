"""Public addresses of registrations."""

from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from registrations import private_views, views


class TokenConverter:
    """The secret of a private link: anything of another shape is no address of ours."""

    regex = "[A-Za-z0-9_-]{43}"

    def to_python(self, value: str) -> str:
        """Return the token as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the token as it is."""
        return value


register_converter(TokenConverter, "booking_token")

app_name = "registrations"
urlpatterns = [
    path(_("register/<int:pk>/"), views.register, name="register"),
    path(_("my-registrations/<booking_token:token>/"), private_views.booking, name="booking"),
    path(_("my-registrations/<booking_token:token>/calendar.ics"), private_views.calendar, name="calendar"),
    path(
        _("my-registrations/<booking_token:token>/documents/<int:pk>/"),
        private_views.participant_document,
        name="participant_document",
    ),
    path(_("my-registrations/<booking_token:token>/cancel/"), private_views.cancel_all, name="cancel_all"),
    path(_("my-registrations/<booking_token:token>/cancel/<int:pk>/"), private_views.cancel_one, name="cancel_one"),
]
