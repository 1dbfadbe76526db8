"""What every address of open data has in common: it is only read, by anyone and from any site,
and whoever has the newest version hears so in a few bytes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import translation
from django.views.decorators.http import conditional_page

ALLOWED = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponseBase]


def opened(view: View) -> View:
    """`view` for GET and HEAD from any origin, in Dutch, with an ETag. Others get a 405."""
    conditional = conditional_page(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override("nl"):
            response = _answer(request, lambda: conditional(request, *args, **kwargs))
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        return response

    return wrapped


def _answer(request: HttpRequest, get: Callable[[], Any]) -> Any:
    if request.method == "OPTIONS":
        return HttpResponse(
            status=204,
            headers={
                "Allow": ALLOWED,
                "Access-Control-Allow-Methods": ALLOWED,
                "Access-Control-Allow-Headers": "If-None-Match, Accept",
                "Access-Control-Max-Age": "86400",
            },
        )
    if request.method not in ("GET", "HEAD"):
        return fault(405, "Open data kan je alleen lezen: gebruik GET.", {"Allow": ALLOWED})
    return _without_body(request, get) if request.method == "HEAD" else get()


def _without_body(request: HttpRequest, get: Callable[[], Any]) -> Any:
    """As GET answers, headers only. Ninja knows no HEAD, and gunicorn would send the body."""
    request.method = "GET"
    response = get()
    request.method = "HEAD"
    response["Content-Length"] = str(len(response.content))
    response.content = b""
    return response


def fault(status: int, sentence: str, headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse({"fout": sentence, "parameters": []}, status=status, headers=headers)
