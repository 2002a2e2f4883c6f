"""Addresses: what has no language first, then everything that is read, under /fr/ and /en/."""

from pathlib import Path

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home import views as home_views
from portal import health
from portal.sitemaps import PortalSitemap, ViewSitemap

PUBLIC_MEDIA = ("images", "avatar_images")
SITEMAPS = {"pages": PortalSitemap, "views": ViewSitemap}
handler404 = "home.views.page_not_found"

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("theme.css", home_views.theme_css, name="theme_css"),
    path("robots.txt", home_views.robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemap_index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemap_index"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    # Of the uploaded files, only the pictures made for pages have an address: documents go through Wagtail's view.
    *(
        route
        for folder in PUBLIC_MEDIA
        for route in static(f"{settings.MEDIA_URL}{folder}/", document_root=Path(settings.MEDIA_ROOT) / folder)
    ),
]

urlpatterns += i18n_patterns(
    path("", include("events.urls")),
    path("", include("cycles.urls")),
    path("", include("newsletter.urls")),
    path("", include("registrations.urls")),
    path("", include("resources.urls")),
    path("", include("alerts.urls")),
    path("", include("search.urls")),
    path("", include("directory.urls")),
    path("", include(wagtail_urls)),
)
