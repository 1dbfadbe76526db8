"""Addresses below /api/v1/."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path

from aanbod.api.opened import fault, opened
from aanbod.api.views import api


def _nowhere(request: HttpRequest) -> HttpResponse:
    return fault(404, "Dit adres is er niet. Alle adressen staan in /api/v1/openapi.json.")


_routes, app_name, _namespace = api.urls
_nowhere_here = opened(_nowhere)
urlpatterns = [
    URLPattern(
        route.pattern,
        # The schema asks for the root by this name; there is no page of documentation at it.
        _nowhere_here if route.name == "api-root" else opened(route.callback),
        route.default_args,
        route.name,
    )
    for route in _routes
] + [re_path("", _nowhere_here)]
