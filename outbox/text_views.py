"""The words of messages in the admin: which were changed, both languages side by side, seen before they are kept."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from outbox.forms import WordsForm
from outbox.kinds import Kind, Preview, editable_kinds, kind_named
from outbox.models import MessageText
from outbox.texts import merged, restore_words, save_words, words_of

CHANGE = "outbox.change_messagetext"


def _require_permission(request: HttpRequest) -> None:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied


@never_cache
@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """List the kinds of messages whose words may be changed, and say where they were."""
    _require_permission(request)
    changed: dict[str, list[MessageText]] = {}
    for row in MessageText.objects.select_related("changed_by").order_by("-language"):
        changed.setdefault(row.kind, []).append(row)
    kinds = editable_kinds()
    words = words_of((kind.name for kind in kinds), settings.LANGUAGE_CODE)
    context = {
        "rows": [(kind, words[kind.name], changed.get(kind.name, [])) for kind in kinds],
        "header_title": _("Texts of messages"),
    }
    return render(request, "admin/outbox/texts.html", context)


@never_cache
def text(request: HttpRequest, name: str) -> HttpResponse:
    """Change the words of one kind: shown as somebody invented would receive them, kept, or put back (POST)."""
    _require_permission(request)
    kind = kind_named(name)
    if kind is None or kind.words is None:
        raise Http404
    action = request.POST.get("action", "") if request.method == "POST" else ""
    if action == "restore":
        return _restored(request, kind)
    forms = {code: _form(request, kind, code) for code, _label in settings.LANGUAGES}
    # Each form is read, also after a mistake in the one before: both show what is wrong.
    is_valid = not [form for form in forms.values() if not form.is_valid()]
    if action == "save" and is_valid:
        return _saved(request, kind, forms)
    if request.method == "POST" and not is_valid:
        messages.error(request, _("The words were not kept: see below what is wrong with them."))
    context = {
        "kind": kind,
        "columns": [_column(kind, code, label, forms[code], action) for code, label in settings.LANGUAGES],
        "is_preview": action == "preview" and is_valid,
        "is_changed": MessageText.objects.filter(kind=name).exists(),
        "header_title": str(kind.label),
    }
    return render(request, "admin/outbox/text.html", context, status=422 if action and not is_valid else 200)


def _form(request: HttpRequest, kind: Kind, language: str) -> WordsForm:
    data = request.POST if request.method == "POST" else None
    return WordsForm(data, kind=kind, language=language, initial=vars(words_of([kind.name], language)[kind.name]))


def _column(kind: Kind, language: str, label: Any, form: WordsForm, action: str) -> dict[str, Any]:
    """Return what one language shows: its form, its placeholders, its original words, and the preview asked for."""
    original = kind.words_in(language)
    shown: Preview | None = None
    if action == "preview" and form.is_valid() and kind.preview:
        shown = kind.preview(language, merged(original, form.cleaned_data))
    placeholders = [(row.names[language], row.label, row.examples[language]) for row in kind.placeholders]
    return {
        "language": language,
        "label": label,
        "form": form,
        "placeholders": placeholders,
        "original": original,
        "preview": shown,
    }


@transaction.atomic
def _saved(request: HttpRequest, kind: Kind, forms: dict[str, WordsForm]) -> HttpResponse:
    changed = [code for code, form in forms.items() if save_words(kind, code, form.cleaned_data, request.user)]
    if changed:
        log(instance=_subject(kind), action="outbox.text", user=request.user, data={"languages": changed})
    messages.success(request, _("Kept. The next messages of this kind say so."))
    return redirect("message_texts:list")


@transaction.atomic
def _restored(request: HttpRequest, kind: Kind) -> HttpResponse:
    if restore_words(kind):
        log(instance=_subject(kind), action="outbox.text_restored", user=request.user)
    messages.success(request, _("The original words are back."))
    return redirect("message_texts:text", kind.name)


def _subject(kind: Kind) -> MessageText:
    """Return a row that the admin's history may name, also when the words are the original ones again."""
    row = MessageText.objects.filter(kind=kind.name).first()
    return row or MessageText(pk=0, kind=kind.name, language=settings.LANGUAGE_CODE)
