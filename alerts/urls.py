"""Addresses of the alerts, below that of the search."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from alerts import views

app_name = "alerts"
urlpatterns = [
    path(pgettext_lazy("address of a page", "search/alerts/"), views.ask, name="ask"),
    path(pgettext_lazy("address of a page", "search/alerts/confirm/<slug:token>/"), views.confirm, name="confirm"),
    path(pgettext_lazy("address of a page", "search/alerts/change/<slug:token>/"), views.change, name="change"),
    path(pgettext_lazy("address of a page", "search/alerts/stop/<slug:token>/"), views.stop, name="stop"),
]
