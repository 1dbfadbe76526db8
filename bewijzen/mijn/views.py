"""The inburgeraar's own pages: hours, code and bewijs."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bewijzen import (
    cards,
    eerste_keer,
    overview,
    phone_sessions,
    phones,
    voorstellen,
    zoekvragen,
)
from bewijzen.bewijs import FINAL_STATES, content_of
from bewijzen.bewijs_pdf import bewijs_pdf
from bewijzen.models import EersteKeer, Traject, Voorstel, Zoekvraag
from bewijzen.trajects import hours
from bewijzen.web import for_inburgeraars, private, url_in
from gemeenten.acting import SignedInRequest
from gemeenten.printing.qr import qr_svg

READ_SHOWN = 20
PEN_ROWS = range(7)
SHOWN_VRAGEN = [*Zoekvraag.OPEN, Zoekvraag.State.BEANTWOORD]


@private("GET")
@for_inburgeraars
def mijn(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """How far I am, what waits on whom, and what comes."""
    messages = overview.messages_of(request.user)
    shown = overview.read(traject, now=timezone.now())
    context = {
        "o": shown,
        "others_here": _others_here(request),
        "titles": overview.titles(shown, request.LANGUAGE_CODE),
        "vragen": [vraag for vraag in zoekvragen.asked_by(traject) if vraag.state in SHOWN_VRAGEN],
        "voorstellen": [
            voorstel
            for voorstel in voorstellen.sent_by(traject)
            if voorstel.is_open or voorstel.state == Voorstel.State.AFGEWEZEN
        ],
        "samen": [
            keer for keer in eerste_keer.of_traject(traject) if keer.state in EersteKeer.OPEN
        ],
        "unread": list(messages.filter(read_at__isnull=True)),
        "read": list(messages.filter(read_at__isnull=False)[:READ_SHOWN]),
    }
    return render(request, "bewijzen/mijn/mijn.html", context)


def _others_here(request: SignedInRequest) -> bool:
    """Do others have a PIN on this phone? Who has one too comes to them by locking."""
    if request.session.get(phone_sessions.HAS_PIN):
        return False
    return bool(phones.behind_pin(phone_sessions.token_of(request)))


@private("POST")
@for_inburgeraars
def gelezen(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """The messages that were shown are read."""
    upto = request.POST.get("tot", "")
    if upto.isascii() and upto.isdigit() and len(upto) < 19:
        overview.mark_read(request.user, int(upto), now=timezone.now())
    return redirect("bewijzen:mijn")


@private("GET", "POST")
@for_inburgeraars
def code(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """The QR to show to the contact person; made by a button when there is none yet."""
    if request.method == "POST":
        cards.card_of(traject, by=request.user, now=timezone.now())
        return redirect("bewijzen:mijn_code")
    return render(request, "bewijzen/mijn/code.html", card_context(traject))


@private("GET")
@for_inburgeraars
def kaart(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """The card on a sheet to print, with boxes for pen."""
    context = card_context(traject)
    if context["kaart"] is None:
        return redirect("bewijzen:mijn_code")
    context["pen_rows"] = PEN_ROWS
    context["sign_address"] = urlsplit(settings.BASE_URL).netloc + url_in("nl", "bewijzen:tekenen")
    return render(request, "bewijzen/mijn/kaart.html", context)


@private("GET")
@for_inburgeraars
def bewijs(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """What the bewijs is, and where to get it."""
    context = {"hours": hours(traject), "is_final": traject.state in FINAL_STATES}
    return render(request, "bewijzen/mijn/bewijs.html", context)


@private("GET")
@for_inburgeraars
def bewijs_pdf_view(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """The bewijs as PDF: final once the hours were checked, before that as it stands."""
    content = bewijs_pdf(content_of(traject, now=timezone.now()))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="bewijs-veertig.pdf"'
    return response


def card_context(traject: Traject) -> dict[str, object]:
    """The card of a traject as a page shows it; `kaart` is None when there is none."""
    found = cards.living_card(traject)
    if found is None:
        return {"traject": traject, "kaart": None}
    return {
        "traject": traject,
        "kaart": found,
        "qr": qr_svg(cards.card_url(found)),
        "typed_code": cards.grouped(cards.typed_code(found)),
    }
