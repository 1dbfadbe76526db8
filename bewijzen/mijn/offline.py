"""What the phone keeps for when there is no network (model.md, Tokens): the QR of the card and the
total, nothing else. The service worker (marketplace/static/js/sw.js) forgets both on sign-out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from bewijzen import cards, phone_sessions, trajects
from bewijzen.web import private, signed_in
from gemeenten.printing.qr import qr_svg


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by the phone in the reader's language and shown when the network is away. The same for
    everyone: the phone itself fills in what it kept."""
    return render(request, "bewijzen/mijn/offline.html")


@private("GET")
def zak(request: HttpRequest) -> HttpResponse:
    """What the signed-in person's phone may keep; 401 says to forget it. Looking keeps nobody's
    session open: the page asks by itself."""
    person = signed_in(request)
    traject = trajects.current(person.user) if person else None
    kaart = cards.living_card(traject) if traject else None
    if traject is None or kaart is None:
        return JsonResponse({}, status=401)
    context = {
        "qr": qr_svg(cards.card_url(kaart)),
        "typed_code": cards.grouped(cards.typed_code(kaart)),
        "minutes": traject.total_minutes,
        "target": traject.target_minutes,
    }
    has_pin = bool(request.session.get(phone_sessions.HAS_PIN))
    return JsonResponse(
        {
            "html": render_to_string("bewijzen/mijn/zak.html", context),
            "at": int(timezone.now().timestamp() * 1000),
            # With a PIN the phone shows it only so long: locked is locked, also offline.
            "seconds": settings.PHONE_LOCK_SECONDS if has_pin else None,
        }
    )
