"""What is told at the top of a booking's page: what somebody has just done there, or why it was not done."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registrations.space.access import Access

_CONFIRMED_BY_MESSAGE = _("A message that confirms it goes to %(email)s.")
TEXTS: dict[str, str | Promise] = {
    "recorded": _("A message with these details and the link to this page goes to %(email)s."),
    "already": _(
        "This form was sent before: here is what was recorded then. Nothing was booked twice; to change something, "
        "cancel and register again."
    ),
    "cancelled": _CONFIRMED_BY_MESSAGE,
    "accepted": _CONFIRMED_BY_MESSAGE,
    "declined": _CONFIRMED_BY_MESSAGE,
    "link_sent": _("The link is on its way to %(email)s."),
    "proven": _("Your organisation's membership is proven: here is what each date costs."),
    "corrected": _("The details are corrected."),
    "handed": _("The place has changed hands: both people and the contact are told by e-mail."),
    "answered": _("The answers are recorded."),
    "invoiced": _("What the invoice must name is recorded."),
    "too_often": _(
        "The link was sent several times: look at your mailbox, also among the unwanted messages, or let the team "
        "check."
    ),
}
KINDS = {"already": "information", "too_often": "warning"}
# Those that an address may ask for by its query; the others follow from what is done.
IN_ADDRESSES = tuple(name for name in TEXTS if name != "too_often")


@dataclass(frozen=True)
class Notice:
    """A sentence with its kind (see `components/notice.html`), and how it is announced."""

    text: str
    kind: str

    @property
    def role(self) -> str:
        """The role for those who hear the page: what went wrong interrupts."""
        return "alert" if self.kind == "warning" else "status"


def notice_named(name: str, access: Access) -> Notice | None:
    """Return what a name of TEXTS tells the reader; None for nothing to tell."""
    if name not in TEXTS:
        return None
    # A proof is sent to the contact, whoever asks for it.
    email = access.booking.email if name == "link_sent" else access.told_at
    return Notice(str(TEXTS[name]) % {"email": email}, KINDS.get(name, "success"))
