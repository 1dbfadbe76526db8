"""Every address of Veertig. Addresses that others rely on: shared contract, README."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from aanbod.opname_views import opname
from aanbod.page_views import activiteit
from bewijzen.verifieer.views import sleutels
from gemeenten.sign_in import closed
from marketplace import offline, views

handler400 = "marketplace.errors.bad_request"
handler403 = "marketplace.errors.permission_denied"
handler404 = "marketplace.errors.page_not_found"
handler500 = "marketplace.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("gezond/", views.health, name="health"),
    path("favicon.ico", views.favicon),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path(".well-known/bewijs-sleutels.json", sleutels, name="bewijs_sleutels"),
    path("", views.start, name="start"),
    path("api/v1/", include("aanbod.api.urls", namespace="api-1")),
    path("cms/", include(wagtailadmin_urls)),
    path("begeleiding/", include("bewijzen.begeleiding.urls")),
    path("", include("bewijzen.scan_urls")),
    re_path(r"^media/images/(?P<path>.*)$", views.media, name="media"),
    re_path(r"^media/opnames/(?P<name>[A-Za-z0-9_-]+\.(?:ogg|mp3))$", opname),
    *i18n_patterns(
        path("aanmelden/", include("gemeenten.urls")),
        path("aanmelden/", include("allauth.account.urls")),
        path("aanbod/", include("aanbod.urls")),
        path("privacy/", views.privacy, name="privacy"),
        path("toegankelijkheid/", views.accessibility, name="accessibility"),
        path("", include("bewijzen.urls")),
        re_path(r"^(?P<gemeente>[a-z0-9-]+)/(?P<slug>[a-z0-9-]+)/$", activiteit, name="activiteit"),
        # Wagtail's own sign-in for hidden pages knows no limits; we hide no pages.
        re_path(r"^_util/", closed),
        path("", include(wagtail_urls)),
    ),
]

if settings.DEMO:
    urlpatterns.insert(0, path("stijl/", views.styleguide, name="styleguide"))
