"""What every request passes: damaged cookies, response headers, the language of an address."""

from collections.abc import Callable
from urllib.parse import urlsplit

from csp.constants import HEADER, NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware

from marketplace.styles import hashes

CMS_PREFIX = "/cms/"

#: Wagtail 8 writes styles and a few scripts into its pages. Still nothing from another host.
CMS_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "media-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "object-src": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
}


class WholeCookies:
    """Drops cookies with a NUL: no browser makes one, and the database refuses to look it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return self.get_response(request)


def _tile_hosts() -> list[str]:
    """Where the tiles of maps come from, when an operator set that."""
    tiles = urlsplit(settings.MAP_TILES_URL)
    return [f"{tiles.scheme}://{tiles.netloc}"] if tiles.netloc else []


class ContentSecurityPolicy(CSPMiddleware):
    """Our own pages: strict, inline CSS by hash. The CMS and its previews: what Wagtail needs."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        # A preview is a public page that went through the middleware once before, as itself.
        if _is_cms(request) and HEADER in response:
            del response[HEADER]
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if _is_cms(request):
            parts.config = {**CMS_POLICY, "img-src": [*CMS_POLICY["img-src"], *_tile_hosts()]}
        else:
            update = parts.update or {}
            own = getattr(request, "style_hashes", [])  # {% accent %} writes these
            parts.update = {**update, "style-src": [*update.get("style-src", []), *hashes(), *own]}
            if getattr(request, "with_map_tiles", False) and (tiles := _tile_hosts()):
                parts.update["img-src"] = [*update.get("img-src", []), *tiles]
        return parts


class Language(LocaleMiddleware):
    """An address that lacks its language gets one: /herent/ goes to /nl/herent/. Not so when one
    of our own views, which need none, answered that something is not there: Wagtail takes any
    address below /nl/, and the answer would be a redirect to nowhere."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.status_code == 404 and request.resolver_match:
            return response
        return super().process_response(request, response)


def _is_cms(request: HttpRequest) -> bool:
    return request.path_info.startswith(CMS_PREFIX)
