"""Addresses of the newsletter."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from newsletter import views

app_name = "newsletter"
urlpatterns = [
    path(_("newsletter/"), views.subscribe, name="subscribe"),
    path(_("newsletter/confirm/<slug:token>/"), views.confirm, name="confirm"),
    path(_("newsletter/unsubscribe/<slug:token>/"), views.unsubscribe, name="unsubscribe"),
]
