"""Registrations in the admin: menu, addresses, permissions, what is logged."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser, Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from events.models import Occurrence
from outbox.kinds import label_of
from registrations.co_organiser import hooks as co_organiser_hooks  # noqa: F401 (registered by being imported)
from registrations.date_log import FORMATTERS
from registrations.message_kinds import PREFIX
from registrations.models import Answer, Booking, Question, Registration
from registrations.officer import (
    board,
    calling_off,
    decisions,
    importing,
    moving,
    occurrence,
    proof,
    proving,
    telephone,
    waiving,
    writing,
)
from registrations.officer.access import VIEW
from registrations.officer.bookings import acting, answering, correcting, screen, search
from registrations.officer.menu import TRAINING_MENU
from registrations.officer.questions import question_viewset
from registrations.viewsets import co_organiser_viewset, referent_viewset


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Add our addresses to the admin's."""
    patterns = [
        path("", board.board, name="occurrences"),
        path("<int:pk>/", occurrence.occurrence, name="occurrence"),
        path("<int:pk>/export/", occurrence.export, name="export"),
        path("<int:pk>/export/<slug:form>/", occurrence.export, name="export_as"),
        path("<int:pk>/import/", importing.import_list, name="import"),
        path("<int:pk>/decide/<slug:word>/", decisions.decide, name="decide"),
        path("<int:pk>/move/", moving.move, name="move"),
        path("<int:pk>/call-off/", calling_off.call_date_off, name="call_off"),
        path("<int:pk>/register/", telephone.register, name="register"),
        path("<int:pk>/write/<slug:word>/", writing.write, name="write"),
        path("proof/", proof.live_proof, name="proof"),
        path("one/<int:pk>/waive/", waiving.waive_price, name="waive"),
        path("search/", search.search, name="search"),
        path("booking/<int:pk>/", screen.booking, name="booking"),
        path("booking/<int:pk>/membership/", proving.settle_membership, name="settle"),
        path("booking/<int:pk>/contact/", correcting.change_contact, name="booking_contact"),
        path("booking/<int:pk>/participants/<int:person>/", correcting.correct_participant, name="booking_person"),
        path("booking/<int:pk>/hand-over/<int:row>/", correcting.hand_place_over, name="booking_hand_over"),
        path("booking/<int:pk>/answers/<int:person>/", answering.answer_for, name="booking_answers"),
        path("booking/<int:pk>/cancel/", acting.cancel_lines, name="booking_cancel"),
        path("booking/<int:pk>/link/", acting.send_link, name="booking_link"),
    ]
    return [path("registrations/", include((patterns, "registrations_admin")))]


@hooks.register("register_admin_menu_item")
def training_menu() -> MenuItem:
    """Gather what the training officer works with."""
    return SubmenuMenuItem(
        pgettext_lazy("menu", "Training"), TRAINING_MENU, name="training", icon_name="calendar-check", order=250
    )


@hooks.register("construct_homepage_panels")
def next_dates(request: HttpRequest, panels: list[Any]) -> None:
    """Tell the next dates on the admin's home, and what waits for a decision."""
    panels.append(board.NextDatesPanel())


@hooks.register("register_permissions")
def permissions() -> QuerySet:
    """Let the form of groups offer our permissions."""
    return Permission.objects.filter(content_type__app_label="registrations", content_type__model="registration")


@hooks.register("register_snippet_listing_buttons")
def occurrence_button(snippet: Any, user: AbstractBaseUser, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a date in the list of dates to its registrations."""
    if isinstance(snippet, Occurrence) and user.has_perm(VIEW):
        yield Button(
            _("Registrations"),
            reverse("registrations_admin:occurrence", args=[snippet.pk]),
            icon_name="group",
            priority=15,
        )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name our actions in the history of a date."""

    @actions.register_action("registrations.export")
    class ExportFormatter(LogFormatter):
        label = _("Export registrations")

        def format_message(self, log_entry: Any) -> str:
            """Say how many rows left."""
            return str(_("Exported %(count)s registrations")) % {"count": log_entry.data.get("rows", "?")}

    @actions.register_action("registrations.import")
    class ImportFormatter(LogFormatter):
        label = _("Import a list")

        def format_message(self, log_entry: Any) -> str:
            """Say how many people came in."""
            return str(_("Registered %(count)s people from a list")) % {"count": log_entry.data.get("rows", "?")}

    for action, formatter in FORMATTERS.items():
        actions.register_action(action)(formatter)

    actions.register_action("registrations.waive", _("Waive a price"), _("Waived a price"))

    @actions.register_action("registrations.written")
    class WrittenFormatter(LogFormatter):
        label = _("Write to those who take part")

        def format_message(self, log_entry: Any) -> str:
            """Say what was written, and how many messages."""
            facts = {"kind": label_of(PREFIX + log_entry.data.get("event", "")), "count": log_entry.data.get("count")}
            return str(_("%(kind)s: %(count)s messages")) % facts


class RegistrationURLFinder:
    """Where a registration is seen: on the list of its date, by those who may."""

    def __init__(self, user: AbstractBaseUser | None = None) -> None:
        self.user = user

    def get_edit_url(self, row: Any) -> str | None:
        """Return the address where it is seen, or None for a user who may not see it."""
        return None if self.user is not None and not self.user.has_perm(VIEW) else self.address_of(row)

    def address_of(self, row: Any) -> str:
        """Return the address of the date."""
        return reverse("registrations_admin:occurrence", args=[row.occurrence_id])


class BookingURLFinder(RegistrationURLFinder):
    """Where a booking is seen: on its screen."""

    def address_of(self, row: Any) -> str:
        """Return the address of the booking."""
        return reverse("registrations_admin:booking", args=[row.pk])


@hooks.register("before_delete_snippet", order=-1)
def keep_answered_questions(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """Stop the deletion of a question that somebody answered: it is retired instead."""
    if not all(isinstance(row, Question) for row in instances):
        return None
    if not Answer.objects.filter(question__in=[row.pk for row in instances]).exists():
        return None
    told = gettext("People have answered this question: retire it instead, and the answers stay readable.")
    messages.error(request, told)
    return redirect("wagtailsnippets_registrations_question:edit", instances[0].pk)


register_snippet(referent_viewset)
register_snippet(question_viewset)
register_snippet(co_organiser_viewset)
register_admin_url_finder(Registration, RegistrationURLFinder)
register_admin_url_finder(Booking, BookingURLFinder)
