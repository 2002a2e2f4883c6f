"""Answers that are no page: colours, errors, robots."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from wagtail.models import Page, Site

from home.models import CentreSettings
from portal.languages import translations_of


@cache_control(max_age=300, public=True)
def theme_css(request: HttpRequest) -> HttpResponse:
    """Answer the centre's own colours as custom properties; empty where it keeps the portal's."""
    site = Site.find_for_request(request)
    centre = CentreSettings.for_site(site) if site else CentreSettings()
    colours = {"--accent": centre.accent, "--accent-dark": centre.accent_dark}
    rules = "".join(f"{name}:{value};" for name, value in colours.items() if value)
    return HttpResponse(f":root{{{rules}}}\n" if rules else "", content_type="text/css; charset=utf-8")


@cache_control(max_age=3600, public=True)
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Answer what robots may visit, and where the sitemap is."""
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 in the language of the address, with the page's other language where that one exists."""
    return render(request, "404.html", {"counterpart": counterpart_of(request.path)}, status=404)


def counterpart_of(path: str) -> Page | None:
    """Return the published page that an address would lead to in the source language, or its translation.

    «/en/ressources/nantes/» finds «/fr/ressources/nantes/»: same slugs below another language's prefix.
    """
    language, *slugs = [part for part in path.split("/") if part] or [""]
    if language not in dict(settings.LANGUAGES) or language == settings.LANGUAGE_CODE or len(path) > 1000:
        return None
    home = Page.objects.filter(depth=2, locale__language_code=settings.LANGUAGE_CODE, live=True).first()
    if home is None or not slugs:
        return None
    url_path = f"{home.url_path}{'/'.join(slugs)}/".replace("\x00", "")
    source = Page.objects.live().public().filter(url_path=url_path).select_related("locale").first()
    if source is None:
        return None
    return translations_of(source).get(get_language() or "", source)
