"""The contact form: its message becomes a row of the outbox, so that a dead mail server loses nothing."""

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.throttling import is_throttled

if TYPE_CHECKING:
    from home.models import ContactPage

MESSAGES_PER_HOUR = 10


class ContactForm(forms.Form):
    """A message to the centre. The `website` field is a trap: people do not see it, robots fill it in."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        help_text=gettext_lazy("We answer you there, and keep it only for that."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=150)
    message = forms.CharField(
        label=gettext_lazy("Your message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )


def answer_contact_form(page: "ContactPage", request: HttpRequest) -> HttpResponse:
    """Answer a request for the contact page: the form, its errors (422), or a redirect once the message is queued."""
    form = ContactForm(request.POST or None)
    status = 200 if request.method != "POST" else 422
    if request.method == "POST" and form.is_valid():
        if not is_throttled(request, "contact", limit=MESSAGES_PER_HOUR, seconds=3600):
            if not form.cleaned_data["website"]:
                _queue(request, form.cleaned_data)
            messages.success(request, _("Thank you: your message is on its way. We usually answer within three days."))
            return redirect(page.get_url(request))
        form.add_error(None, _("Too many messages came from your address. Please try again in an hour."))
        status = 429
    context = {**page.get_context(request), "form": form}
    return render(request, page.get_template(request), context, status=status)


def _queue(request: HttpRequest, data: dict[str, str]) -> None:
    """Write the message to the centre's address; the sender's is where one answers."""
    from home.models import CentreSettings
    from outbox.services import queue_message

    centre = CentreSettings.for_request(request)
    queue_message(
        kind="contact",
        to=centre.email or settings.DEFAULT_FROM_EMAIL,
        language=settings.LANGUAGE_CODE,
        subject=data["subject"].replace("\n", " "),
        text=f"{data['name']} <{data['email']}>\n\n{data['message']}",
        reply_to=data["email"],
    )
