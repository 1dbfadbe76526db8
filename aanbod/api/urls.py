"""Addresses below /api/v1/."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path

from aanbod.api.opened import fault, opened
from aanbod.api.views import api


def _nowhere(request: HttpRequest) -> HttpResponse:
    return fault(404, "Dit adres is er niet. Alle adressen staan in /api/v1/openapi.json.")


def _opened(route: Any) -> URLPattern:
    # The schema asks for the root by its name; there is no page of documentation at it.
    view = _nowhere if route.name == "api-root" else route.callback
    return URLPattern(route.pattern, opened(view), route.default_args, route.name)


_routes, app_name, _namespace = api.urls
urlpatterns = [*map(_opened, _routes), re_path("", opened(_nowhere))]
