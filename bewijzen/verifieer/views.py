"""Anyone verifies a bewijs: no account, no script."""

import base64

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from bewijzen import bewijs, signing
from bewijzen.summary import NotGenuine
from bewijzen.verifieer.forms import VerifieerForm
from bewijzen.verifieer.reading import SENTENCES, UNREADABLE


@require_http_methods(["GET", "HEAD", "POST"])
def verifieer(request: HttpRequest) -> HttpResponse:
    """The form, and under POST the answer above it. Nothing is kept of what was handed in."""
    if request.method != "POST":
        return _page(request, VerifieerForm())
    form = VerifieerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    try:
        summary = form.summary()
    except NotGenuine as refusal:
        return _page(
            request,
            VerifieerForm(),
            refused=SENTENCES[refusal.code],
            unreadable=refusal.code in UNREADABLE,
        )
    return _page(request, VerifieerForm(), summary=summary, standing=bewijs.standing(summary))


def _page(request: HttpRequest, form: VerifieerForm, **answer: object) -> HttpResponse:
    return render(request, "bewijzen/verifieer.html", {"form": form, **answer})


@require_safe
@cache_control(public=True, max_age=3600)
def sleutels(request: HttpRequest) -> JsonResponse:
    """The public keys as a JWK set (RFC 7517, 8037), old ones kept, for verifying elsewhere."""
    keys = [
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "use": "sig",
            "alg": "EdDSA",
            "kid": kid,
            "x": base64.urlsafe_b64encode(raw).decode().rstrip("="),
        }
        for kid, raw in signing.public_keys().items()
    ]
    return JsonResponse({"keys": keys}, headers={"Access-Control-Allow-Origin": "*"})
