"""Add, edit and copy an occurrence in the admin; calendar files for visitors."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.snippets.views.snippets import CopyView, CreateView, DeleteView, EditView

from events.calendar import calendar_of, occurrence_calendar
from events.models import BookablePage, Occurrence
from events.querysets import public_pages
from events.services import save_occurrence
from portal.languages import version_in

CHANGE_LIVE = "events.change_live_occurrence"


def require_live_permission(request: HttpRequest, page: Page) -> None:
    """Raise PermissionDenied when the page is published and the user may not change what visitors already see."""
    if page.live and not request.user.has_perm(CHANGE_LIVE):
        raise PermissionDenied


class SavesOccurrence:
    """Save through the seat service, outside any transaction: the generic view would open one around it."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save the occurrence, then answer as the generic view does."""
        self.form = form
        require_live_permission(self.request, form.cleaned_data["page"])
        save_occurrence(form.instance, self.request.user, save=self.save_instance)
        self.object = form.instance
        response = self.save_action()
        return self.run_after_hook() or response

    def get_success_url(self) -> str:
        """Come back to where one came from, else to the page of the occurrence, or to the list for who edits none."""
        asked = get_valid_next_url_from_request(self.request)
        if asked:
            return asked
        page = self.object.page
        if page.permissions_for_user(self.request.user).can_edit():
            return reverse("wagtailadmin_pages:edit", args=[page.pk])
        return super().get_success_url()


class KeepsNext:
    """Carry the address to come back to through the form."""

    @property
    def add_url(self) -> str:
        """The address that the form posts to, with its query."""
        return self.request.get_full_path()


class OccurrenceCreateView(KeepsNext, SavesOccurrence, CreateView):
    """A new date, for the page named in `?page=`."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the permission before anything is typed."""
        page = self.asked_page()
        if page is not None:
            require_live_permission(request, page)
        return super().dispatch(request, *args, **kwargs)

    def get_initial_form_instance(self) -> Occurrence:
        """Return an empty occurrence, of the page asked for."""
        occurrence = Occurrence()
        if page := self.asked_page():
            occurrence.page = page
        return occurrence

    def asked_page(self) -> Page | None:
        """Return the page that `?page=` names, if it exists."""
        page_id = self.request.GET.get("page", "")
        return Page.objects.filter(pk=page_id).first() if page_id.isdecimal() and len(page_id) < 19 else None


class OccurrenceCopyView(KeepsNext, SavesOccurrence, CopyView):
    """A new date like another one: same page, hours, place and price; the day is left to fill in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the permission before anything is typed."""
        require_live_permission(request, self.get_object().page)
        return super().dispatch(request, *args, **kwargs)

    def get_initial_form_instance(self) -> Occurrence:
        """Return the copy, unsaved, without its day and its window."""
        source = self.get_object()
        emptied = ["pk", "id", "day", "postponed_from", "calendar_sequence"]
        window = ["registration_opens", "registration_closes"]
        copied, _children = source.copy_cluster(exclude_fields=emptied + window)
        return copied


class OccurrenceEditView(SavesOccurrence, EditView):
    """Change a date. One that visitors see asks for a permission of its own."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the permission before anything is shown."""
        require_live_permission(request, self.object.page)
        return super().dispatch(request, *args, **kwargs)

    def get_edit_url(self) -> str:
        """The address that the form posts to, with the address to come back to."""
        query = self.request.META.get("QUERY_STRING")
        return f"{super().get_edit_url()}?{query}" if query else super().get_edit_url()


class OccurrenceDeleteView(DeleteView):
    """Delete a date that nobody booked; the hooks refuse the others."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the permission before anything is shown."""
        require_live_permission(request, self.object.page)
        return super().dispatch(request, *args, **kwargs)


def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the calendar file of a published occurrence with a known day, in the language of the address."""
    occurrence = get_object_or_404(Occurrence.objects.published().with_details(), pk=pk, day__isnull=False)
    return calendar_response(occurrence_calendar(occurrence, language=get_language() or "fr"), f"date-{pk}.ics")


def page_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the calendar of a public event or session, to save or to follow, in the language of the address."""
    page = get_object_or_404(public_pages().filter(alias_of__isnull=True), pk=pk)
    if not issubclass(page.specific_class or Page, BookablePage):
        raise Http404
    language = get_language() or "fr"
    body = calendar_of(
        Occurrence.objects.for_page(page).with_details().in_order(), language, name=version_in(page, language).title
    )
    return calendar_response(body, f"{page.slug}.ics")


def calendar_response(body: bytes, filename: str) -> HttpResponse:
    """Return a calendar file as an answer."""
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response
