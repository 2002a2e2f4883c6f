"""The portal's addresses, and the component guide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from portal.urls import urlpatterns as portal_patterns
from tests.look.guide_data import guide_context


def guide(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return render(request, "guide.html", guide_context())


urlpatterns = [path("fr/guide/", guide), *portal_patterns]
