"""Public addresses of training cycles beside their pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from cycles import views

app_name = "cycles"
urlpatterns = [path(_("calendars/cycle-<int:pk>.ics"), views.calendar, name="calendar")]
