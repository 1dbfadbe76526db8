"""The service worker and the manifest: what makes the site stay readable without a network."""

import hashlib
import json
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from gemeenten.models.pages import RESERVED_SLUGS
from marketplace.styles import PAPER, bundle

FILE = settings.BASE_DIR / "marketplace" / "offline_files" / "sw.js"
#: What the page for when there is no network is made of: another one, another shell.
_SHELL = [
    "templates/base.html",
    "templates/bewijzen/mijn/base.html",
    "templates/bewijzen/mijn/offline.html",
    "marketplace/static/js/offline.js",
]


@cache
def worker() -> str:
    """The script, with the version that the phone keeps its shell under."""
    source = FILE.read_text("utf-8")
    shell = [(settings.BASE_DIR / path).read_text("utf-8") for path in _SHELL]
    languages = [code for code, _name in settings.LANGUAGES]
    text = "\0".join([source, bundle("mijn"), *shell, *languages])
    values = {
        "@VERSION@": hashlib.sha256(text.encode()).hexdigest()[:12],
        "@LANGUAGES@": json.dumps(languages),
        "@RESERVED@": json.dumps(sorted([*RESERVED_SLUGS, "meedoen"])),
        "@FILES@": json.dumps([static("js/offline.js")]),
    }
    for mark, value in values.items():
        source = source.replace(mark, value)
    return source


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """From the root, because a worker reaches no further than its own folder."""
    response = HttpResponse(worker(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """So that it can stand on the home screen of a phone."""
    content = {
        "id": "/",
        "name": "Veertig",
        "short_name": "Veertig",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {
                "src": static(f"icons/icon-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
            }
            for size in (192, 512)
        ],
    }
    response = JsonResponse(content, content_type="application/manifest+json")
    response["Cache-Control"] = "public, max-age=3600"
    return response
