"""The outbox in the admin."""

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from outbox.models import Message
from outbox.viewsets import message_policy, message_viewset

register_permission_policy(Message, message_policy, exact_class=True)
register_snippet(message_viewset)
