"""Public pages, ready and small: kept for a few seconds, compressed once, 304 when the browser has
them.

A public page is the same for every visitor: it opened no session, set no cookie, and its view
did not forbid to keep it. Who has a session gets a fresh one: an editor sees a change at once.
"""

import hashlib
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TypeGuard

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers

#: Bytes in one process.
MOST_BYTES = 32 * 1024 * 1024
LONGEST_ADDRESS = 500
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: zlib.compress(body, 6, 31),
}
TEXT = ("text/", "application/json", "application/ld+json", "image/svg+xml")


@dataclass
class Kept:
    headers: dict[str, str]
    #: By encoding, made when somebody asks: "" is as it was written.
    bodies: dict[str, bytes]
    #: On the clock of `time.monotonic`.
    until: float

    @property
    def size(self) -> int:
        """Bytes, with what compressing may add."""
        return 2 * len(self.bodies[""])

    def body(self, encoding: str) -> bytes:
        if encoding not in self.bodies:
            self.bodies[encoding] = COMPRESS[encoding](self.bodies[""])
        return self.bodies[encoding]


class Shelf:
    """Pages by address, the one that was asked for longest ago goes first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.pages: OrderedDict[str, Kept] = OrderedDict()
        self.lock = Lock()

    def get(self, address: str, now: float) -> Kept | None:
        with self.lock:
            kept = self.pages.get(address)
            if kept is None or kept.until < now:
                return None
            self.pages.move_to_end(address)
            return kept

    def put(self, address: str, kept: Kept) -> None:
        with self.lock:
            self._drop(address)
            self.pages[address] = kept
            self.bytes += kept.size
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self.pages)))

    def _drop(self, address: str) -> None:
        if old := self.pages.pop(address, None):
            self.bytes -= old.size


class PublicPages:
    """Directly behind SecurityMiddleware: what is kept has every header of the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.shelf = Shelf()
        self.languages = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "GET" or not self._may_be_public(request):
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response = self.get_response(request)
            return _answer(request, _kept(response)) if is_public(response) else response
        address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
        kept = self.shelf.get(address, time.monotonic())
        if kept is None:
            response = self.get_response(request)
            if not is_public(response):
                return response
            kept = _kept(response)
            if len(address) <= LONGEST_ADDRESS and settings.PUBLIC_PAGE_SECONDS:
                self.shelf.put(address, kept)
        return _answer(request, kept)

    def _may_be_public(self, request: HttpRequest) -> bool:
        return request.path_info[1:3] in self.languages and "HTTP_HX_REQUEST" not in request.META


def is_public(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """Is this answer the same for every visitor?"""
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and response.get("Content-Type", "").startswith("text/html")
        and "no-store" not in response.get("Cache-Control", "")
        and "private" not in response.get("Cache-Control", "")
        and "cookie" not in response.get("Vary", "").lower()
    )


def _kept(response: HttpResponse) -> Kept:
    body = response.content
    headers = dict(response.items())
    headers["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers.setdefault("Cache-Control", "no-cache")
    return Kept(
        headers,
        {"": body},
        time.monotonic() + settings.PUBLIC_PAGE_SECONDS,
    )


def _answer(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    encoding = next((name for name in COMPRESS if name in accepted), "")
    body = kept.body(encoding)
    response = HttpResponse(body, headers=kept.headers)
    if encoding:
        response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(body))
    patch_vary_headers(response, ["Accept-Encoding"])
    conditional = get_conditional_response(request, etag=kept.headers["ETag"], response=response)
    return conditional or response


class Compressed(GZipMiddleware):
    """Django's, for text only; it pads against guessing of what is secret (BREACH)."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)  # type: ignore[arg-type]
