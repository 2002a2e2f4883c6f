"""The questions of sessions in the admin: written in both languages, in order, each perhaps after an answer."""

from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView

from events.forms import bookable_page_types, bookable_source_of
from events.models import BookablePage
from events.validation import source_of
from portal.viewsets import PersonalViewSet, PortalIndexView, YesNoColumn
from registrations.enums import QuestionKind
from registrations.models import Question
from registrations.models.questions import MOST_QUESTIONS, YES_NO

LAST = float("inf")


class QuestionForm(WagtailAdminModelForm):
    """A question: its condition is chosen among the answers to those before it."""

    condition = forms.ChoiceField(
        label=_("Asked"),
        required=False,
        help_text=_("Always, or only of those who gave an answer to a question that stands before this one."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = self.instance.page if self.instance.page_id else None
        if self.instance.pk:
            # Answers, conditions and copies rest on it.
            del self.fields["page"]
        elif "page" in self.fields:
            self.fields["page"].widget = AdminPageChooser(target_models=bookable_page_types())
        # SQLite would take any number.
        self.fields["order"].validators.append(MaxValueValidator(MOST_QUESTIONS))
        self.others = self._others()
        answers = [answer for row in self.others.values() for answer in self._answers(row)]
        self.fields["condition"].choices = [("", _("always")), *answers]
        if self.instance.only_if_id:
            self.initial["condition"] = f"{self.instance.only_if_id}:{self.instance.only_if_answer}"

    def _others(self) -> dict[int, Question]:
        """Return the questions that this one may depend on: of its page or, while that is not chosen, of any."""
        rows = Question.objects.filter(is_retired=False).exclude(kind=QuestionKind.TEXT).exclude(pk=self.instance.pk)
        if self.page:
            rows = rows.filter(page__translation_key=self.page.translation_key)
        return {row.pk: row for row in rows.select_related("page").prefetch_related("choices")}

    def _answers(self, row: Question) -> list[tuple[str, str]]:
        title = row.wording if self.page else f"{row.page.title}, {row.wording}"
        return [(f"{row.pk}:{key}", f"{title} {label}") for key, label in row.options]

    def clean_page(self) -> Page:
        """Return the page in the source language. Raises ValidationError for a page that has no dates."""
        return bookable_source_of(self.cleaned_data["page"])

    def clean(self) -> dict[str, Any]:
        """Check the condition, the answers to choose, and what rests on this question already."""
        cleaned = super().clean()
        self._check_condition(cleaned)
        keys = self._check_choices(cleaned)
        if self.instance.pk:
            self._check_followers(cleaned, keys)
            if "kind" in self.changed_data and self.instance.answers.exists():
                self.add_error("kind", _("People have answered: retire this question, and write another one."))
        return cleaned

    def _place(self, cleaned: dict[str, Any]) -> tuple[float, float]:
        order = cleaned.get("order")
        return (LAST if order is None else order), self.instance.pk or LAST

    def _check_condition(self, cleaned: dict[str, Any]) -> None:
        number, _colon, answer = (cleaned.get("condition") or "").partition(":")
        earlier = self.others.get(int(number)) if number else None
        self.instance.only_if, self.instance.only_if_answer = earlier, answer if earlier else ""
        if earlier is None:
            return
        page = cleaned.get("page") or self.page
        if page and earlier.page_id != source_of(page).pk:
            self.add_error("condition", _("This is a question of another page: choose one of the same page."))
        elif earlier.place >= self._place(cleaned):
            self.add_error("condition", _("This question comes later: a condition is about one that stands before."))

    def _check_choices(self, cleaned: dict[str, Any]) -> set[str]:
        """Return the keys that may be chosen. Two different answers at least, where one chooses."""
        if cleaned.get("kind") == QuestionKind.YES_NO:
            return set(YES_NO)
        formset = self.formsets.get("choices")
        if cleaned.get("kind") != QuestionKind.CHOICE or formset is None or not formset.is_valid():
            return set()
        kept = [form for form in formset.forms if form not in formset.deleted_forms and form.cleaned_data]
        labels = [form.cleaned_data["label_fr"].casefold().strip() for form in kept]
        if len(labels) < 2:
            self.add_error("kind", _("Write two answers to choose from at least."))
        elif len(set(labels)) < len(labels):
            self.add_error("kind", _("Two of the answers have the same words."))
        return {form.instance.key for form in kept}

    def _check_followers(self, cleaned: dict[str, Any], keys: set[str]) -> None:
        """Refuse what would leave a question that depends on this one without its condition."""
        for row in self.instance.followers.filter(is_retired=False):
            named = {"question": row.wording}
            if row.place <= self._place(cleaned):
                self.add_error("order", _("«%(question)s» depends on this question, which must stand before.") % named)
            if cleaned.get("is_retired"):
                self.add_error("is_retired", _("«%(question)s» depends on this question: retire it first.") % named)
            if row.only_if_answer not in keys and "choices" not in self.errors:
                self.add_error("kind", _("«%(question)s» is asked after an answer that would be gone.") % named)


def asked_page(request: HttpRequest) -> Page | None:
    """Return the page that `?page=` names, in the source language, where it exists and may have dates."""
    key = request.GET.get("page", "")
    page = Page.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    return source_of(page) if page and issubclass(page.specific_class or Page, BookablePage) else None


class QuestionFilterSet(WagtailFilterSet):
    """The questions of one page."""

    page = django_filters.ModelChoiceFilter(
        label=_("Session or event"),
        queryset=Page.objects.filter(registration_questions__isnull=False).distinct().order_by("title"),
    )

    class Meta:
        model = Question
        fields = ["page", "is_retired"]


class QuestionIndexView(PortalIndexView):
    """The list; a question added from those of a page is of that page."""

    def get_add_url(self) -> str:
        """Return the address where one is added, for the page whose questions are listed."""
        page, address = asked_page(self.request), super().get_add_url()
        return f"{address}?page={page.pk}" if page and address else address


class ListsPage:
    """Come back to the questions of the page."""

    def get_success_url(self) -> str:
        """Return the list, narrowed to the page."""
        return f"{super().get_success_url()}?page={self.object.page_id}"


class QuestionCreateView(ListsPage, CreateView):
    """A new question, of the page named in `?page=`."""

    def get_initial_form_instance(self) -> Question:
        """Return an empty question, of the page asked for."""
        return Question(page=asked_page(self.request))

    @property
    def add_url(self) -> str:
        """The address that the form posts to, with its query."""
        return self.request.get_full_path()


class QuestionEditView(ListsPage, EditView):
    """Change a question; its page stays."""

    def get_page_subtitle(self) -> str:
        """Return the question with its page, which the form does not name."""
        return f"{self.object} ({self.object.page.title})"


class QuestionDeleteView(DeleteView):
    """Delete a question that nobody answered; the hooks refuse the others."""

    def get_usage_url(self) -> None:
        """Nothing refers to a question."""


class QuestionViewSet(PersonalViewSet):
    """The questions, by page and in order, for those who hold a permission of their own; nobody chooses one."""

    model = Question
    icon = "help"
    index_view_class = QuestionIndexView
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    delete_view_class = QuestionDeleteView
    filterset_class = QuestionFilterSet
    list_display = [
        "__str__",
        Column("page", label=_("Session or event")),
        Column("order", label=_("Order")),
        "kind",
        Column("only_if", label=_("Asked only after"), accessor=lambda row: condition_in_short(row)),
        YesNoColumn("required", label=_("Answer required")),
        YesNoColumn("is_retired", label=_("No longer asked")),
    ]
    search_fields = ["wording_fr", "wording_en", "page__title"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "Asked of each participant when they register, once for all the dates of the page. Accessibility "
                    "and diet have a place of their own in the form, which few people read: never ask for them here."
                )
            ),
            FieldPanel("page"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("wording_fr"), FieldPanel("wording_en")])],
                heading=_("Question"),
            ),
            MultiFieldPanel([FieldRowPanel([FieldPanel("help_fr"), FieldPanel("help_en")])], heading=_("Explanation")),
            MultiFieldPanel([FieldPanel("kind"), FieldPanel("required")], heading=_("Answer")),
            InlinePanel(
                "choices",
                [
                    FieldRowPanel(
                        [
                            FieldPanel("label_fr", heading=_("In French")),
                            FieldPanel("label_en", heading=_("In English")),
                        ]
                    )
                ],
                heading=_("Answers to choose"),
                label=_("Answer"),
                help_text=_("Where one chooses among several. What people chose keeps the words that they read."),
            ),
            MultiFieldPanel(
                [FieldPanel("condition"), FieldPanel("order"), FieldPanel("is_retired")], heading=_("When it is asked")
            ),
        ],
        base_form_class=QuestionForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Read with each question its page and what it depends on."""
        return Question.objects.select_related("page", "only_if").prefetch_related("only_if__choices")


def condition_in_short(row: Question) -> str:
    """Return the question and the answer after which one is asked, empty for always."""
    return f"{row.only_if.wording} {row.only_if.label_of(row.only_if_answer)}" if row.only_if else ""


question_viewset = QuestionViewSet()
