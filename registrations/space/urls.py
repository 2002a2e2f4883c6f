"""Addresses of those who are registered: their space, and their bookings."""

from django.urls import include, path, register_converter
from django.utils.translation import gettext_lazy as _

from registrations.space import (
    answer_views,
    billing_views,
    booking_views,
    feed_views,
    offer_views,
    participant_views,
    proof_views,
    views,
)


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

OF_A_BOOKING = [
    path("", booking_views.booking, name="booking"),
    path(_("calendar.ics"), booking_views.calendar, name="calendar"),
    path("documents/<int:pk>/", booking_views.participant_document, name="participant_document"),
    path(_("cancel/"), booking_views.cancel_all, name="cancel_all"),
    path(_("cancel/<int:pk>/"), booking_views.cancel_one, name="cancel_one"),
    path(_("offers/<int:pk>/accept/"), offer_views.accept, name="accept_offer"),
    path(_("offers/<int:pk>/decline/"), offer_views.decline, name="decline_offer"),
    path(_("participants/<int:pk>/"), participant_views.correct_details, name="correct_details"),
    path(_("answers/<int:pk>/"), answer_views.answer_questions, name="answers"),
    path(_("hand-over/<int:pk>/"), participant_views.hand_over_place, name="hand_over"),
    path(_("invoice/"), billing_views.change_invoice, name="invoice"),
    path(_("proof/"), proof_views.send_link, name="send_proof_link"),
    path("code/", proof_views.code, name="membership_code"),
]
OF_A_PERSON = [
    path("", views.space, name="space"),
    path(_("open/<booking_token:secret>/"), views.open_space, name="open_space"),
    path(_("calendar/<booking_token:secret>.ics"), feed_views.feed, name="feed"),
    path(_("calendar/new/"), feed_views.renew, name="renew_feed"),
    path(_("calendar/end/"), feed_views.end, name="end_feed"),
    path(_("close/"), views.close, name="close_space"),
    path(_("close-all/"), views.close_all, name="close_all_spaces"),
    # A booking has two addresses: by its own secret, and by its number in the space of whoever it concerns.
    path("<booking_token:token>/", include(OF_A_BOOKING)),
    path(_("bookings/<int:booking_pk>/"), include(OF_A_BOOKING)),
    path(_("proof/<str:secret>/"), proof_views.proof, name="proof"),
]
urlpatterns = [path(_("my-registrations/"), include(OF_A_PERSON))]
