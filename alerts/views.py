"""Asking for an alert, confirming, changing and stopping it. No cookie, no script.

None of these asks for Django's token against forged forms: see `newsletter.views`, whose forms they are like.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alerts import services
from alerts.forms import AskForm, ChangeForm
from alerts.models import Alert
from portal.private import private
from search.following import asked
from search.views import active_language

READ_AND_POST = ["GET", "HEAD", "POST"]


@csrf_exempt
@require_http_methods(READ_AND_POST)
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form for the search of the parameters, or take an address: then always the same answer.

    Errors answer 422, too many tries 429.
    """
    language = active_language()
    form = AskForm(request.POST if request.method == "POST" else None, language=language, asked=request.GET)
    status = 200
    if request.method == "POST":
        if form.is_valid() and not form.is_tried_too_often(request, "alert"):
            if not form.is_of_a_robot():
                values = form.cleaned_data
                services.ask(values["email"], form.query, language, values["frequency"])
            return redirect(f"{reverse('alerts:ask')}?{form.query}&sent")
        status = form.status
    context = {
        "form": form,
        "query": form.query,
        "asked": asked(form.criteria),
        "wording": services.consent_wording(),
        "is_sent": "sent" in request.GET and request.method != "POST",
    }
    response = render(request, "alerts/ask.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


@private
@csrf_exempt
@require_http_methods(READ_AND_POST)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to press the button, once; on POST, confirm. A link that a mail filter merely opens confirms nothing."""
    if request.method == "POST":
        return _answer(request, services.confirm(token), "alerts/confirmed.html")
    alert = Alert.objects.filter(token=token).first()
    return _answer(request, alert, "alerts/confirmed.html" if alert and alert.confirmed_at else "alerts/confirm.html")


@private
@csrf_exempt
@require_http_methods(READ_AND_POST)
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Show a confirmed alert, to be written more often, less often, or stopped."""
    alert = Alert.objects.confirmed().filter(token=token).first()
    form = ChangeForm(request.POST or None, initial={"frequency": alert.frequency if alert else ""})
    is_saved = alert is not None and request.method == "POST" and form.is_valid()
    if is_saved:
        alert = services.change(token, form.cleaned_data["frequency"])
    status = 422 if request.method == "POST" and not is_saved else 200
    return _answer(request, alert, "alerts/change.html", status=status, form=form, is_saved=is_saved)


@private
@csrf_exempt
@require_http_methods(READ_AND_POST)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to press the button; on POST, also a mail program's (RFC 8058), erase the alert and the address."""
    alert = Alert.objects.filter(token=token).first()
    if request.method == "POST" and services.stop(token):
        return _answer(request, alert, "alerts/stopped.html")
    return _answer(request, alert, "alerts/stop.html")


def _answer(
    request: HttpRequest, alert: Alert | None, template: str, status: int = 200, **context: object
) -> HttpResponse:
    """Show a page about an alert; where the link leads nowhere any more, say so under 404."""
    if alert is None:
        return render(request, "alerts/lost.html", status=404)
    return render(request, template, {"alert": alert, "asked": asked(alert.criteria), **context}, status=status)
