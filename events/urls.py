"""Public addresses of events beside their pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from events import member_views, views

app_name = "events"
urlpatterns = [
    path(_("dates/<int:pk>.ics"), views.calendar, name="calendar"),
    path(_("calendars/<int:pk>.ics"), views.page_calendar, name="page_calendar"),
    path(_("member-territories/"), member_views.members, name="members"),
]
