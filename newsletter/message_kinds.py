"""The kinds of messages of the newsletter, as the admin calls them."""

from django.utils.translation import gettext_lazy as _

from outbox.kinds import Kind, register

register(
    Kind("newsletter_confirm", label=_("Newsletter: please confirm")),
    Kind("newsletter_known", label=_("Newsletter: you receive it already")),
)
