"""Occurrences and price lists in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from events.forms import OccurrenceForm
from events.models import Occurrence, PriceList
from events.views import OccurrenceCopyView, OccurrenceCreateView, OccurrenceDeleteView, OccurrenceEditView
from portal.viewsets import PortalViewSet


class OccurrenceViewSet(PortalViewSet):
    """Dates, with their own add, edit and copy views, which come back to the page."""

    model = Occurrence
    icon = "date"
    add_to_admin_menu = False
    add_view_class = OccurrenceCreateView
    copy_view_class = OccurrenceCopyView
    edit_view_class = OccurrenceEditView
    delete_view_class = OccurrenceDeleteView
    list_display = [
        "page",
        "day",
        Column("town", label=_("Town")),
        "status",
        "capacity",
        Column("taken", label=_("Places taken")),
    ]
    list_filter = ["status", "registration_mode", "venue"]
    ordering = ["-day"]
    search_fields = ["page__title", "venue__town", "venue__name"]
    edit_handler = ObjectList(
        [
            FieldPanel("page"),
            MultiFieldPanel([FieldRowPanel([FieldPanel("day"), FieldPanel("doors")])], heading=_("When")),
            InlinePanel("half_days", heading=_("Half-days"), label=_("Half-day")),
            MultiFieldPanel([FieldPanel("venue"), FieldPanel("video_link")], heading=_("Where")),
            InlinePanel("co_organisers", heading=_("Co-organisers"), label=_("Co-organiser")),
            MultiFieldPanel(
                [
                    FieldPanel("status"),
                    FieldPanel("capacity"),
                    FieldPanel("registration_mode"),
                    FieldPanel("registration_url"),
                    FieldRowPanel([FieldPanel("registration_opens"), FieldPanel("registration_closes")]),
                    FieldPanel("price_list"),
                ],
                heading=_("Registration"),
            ),
            MultiFieldPanel([FieldPanel("note_fr"), FieldPanel("note_en")], heading=_("Note")),
        ],
        base_form_class=OccurrenceForm,
    )


class PriceListViewSet(PortalViewSet):
    """Price lists with their fees."""

    model = PriceList
    icon = "tag"
    list_display = ["label_fr", "label_en"]
    search_fields = ["label_fr", "label_en"]


occurrence_viewset = OccurrenceViewSet()
price_list_viewset = PriceListViewSet()
