"""The kind of message of the contact form, as the admin calls it."""

from django.utils.translation import gettext_lazy as _

from outbox.kinds import Kind, register

register(Kind("contact", label=_("Message of the contact form")))
