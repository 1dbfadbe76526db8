"""Veertig, and beside it the floor F0 of speed.md: a Django view without middleware that returns
14 KB of constant HTML, in the same workers."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from marketplace.wsgi import application as veertig

PAGE = "<!doctype html><title>F0</title>" + "<p>Veertig uren, een voor een.</p>\n" * 420
FLOOR = "/_floor/"


def floor_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE)


urlpatterns = [path("_floor/", floor_view)]


class _FloorRequest(WSGIRequest):
    urlconf = __name__


class _Floor(WSGIHandler):
    request_class = _FloorRequest

    def load_middleware(self, is_async: bool = False) -> None:
        self._view_middleware = self._template_response_middleware = []
        self._exception_middleware = []
        self._middleware_chain = convert_exception_to_response(self._get_response)


floor = _Floor()


def application(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
    app = floor if environ["PATH_INFO"] == FLOOR else veertig
    return app(environ, start_response)
