"""The desk asks a gemeente for somebody (R10), and for company the first time (R9)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from aanbod.models import ActiviteitPage
from bewijzen import eerste_keer, zoekvragen
from bewijzen.begeleiding.access import desk, posts
from bewijzen.begeleiding.views import REFUSED, followed_traject
from bewijzen.models import EersteKeer, Traject, Zoekvraag
from bewijzen.refusals import Refusal
from bewijzen.web import number_in
from bewijzen.zoekvraag_forms import ForSomebodyForm
from gemeenten.acting import SignedInRequest

NO_GEMEENTE = "Aan elke gemeente die meedoet, loopt al een vraag. Wacht op het antwoord."


@desk
def ask(request: SignedInRequest, pk: UUID) -> HttpResponse:
    traject = followed_traject(request, pk)
    waiting = Zoekvraag.objects.filter(traject=traject, state__in=Zoekvraag.OPEN)
    gemeenten = zoekvragen.gemeenten().exclude(pk__in=waiting.values("gemeente"))
    own = gemeenten.filter(pk=traject.gemeente_id).first() or gemeenten.first()
    if own is None:
        messages.error(request, NO_GEMEENTE)
        return redirect("begeleiding:dossier", pk)
    posted = request.POST if request.method == "POST" else None
    form = ForSomebodyForm(posted, gemeenten=gemeenten, own=own)
    if form.is_valid() and _asked(request, traject, form):
        return redirect("begeleiding:dossier", pk)
    return render(
        request,
        "bewijzen/begeleiding/zoekvraag.html",
        {"traject": traject, "form": form},
        status=REFUSED if form.errors else 200,
    )


def _asked(request: SignedInRequest, traject: Traject, form: ForSomebodyForm) -> bool:
    gemeente = form.chosen_gemeente()
    try:
        zoekvragen.ask(
            traject,
            gemeente,
            form.wishes(),
            form.agreement(traject.inburgeraar.name),
            by=request.user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, f"De vraag is verstuurd aan {gemeente.name}. Je krijgt bericht.")
    return True


@desk
@posts
def withdraw(request: SignedInRequest, pk: UUID, vraag: UUID) -> HttpResponse:
    traject = followed_traject(request, pk)
    if Zoekvraag.objects.filter(pk=vraag, traject=traject).exists():
        try:
            zoekvragen.withdraw(vraag, by=request.user, now=timezone.now())
            messages.success(request, "De vraag is ingetrokken.")
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
    return redirect("begeleiding:dossier", pk)


@desk
@posts
def together(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask the gemeente whether somebody comes along to an activity of this dossier."""
    traject = followed_traject(request, pk)
    page = number_in(request.POST.get("activiteit", ""))
    found = ActiviteitPage.objects.live().filter(pk=page, deelnames__traject=traject).first()
    try:
        if found is None:
            raise Refusal("not_published")
        eerste_keer.ask(traject, found, by=request.user, now=timezone.now())
        messages.success(request, "De vraag is verstuurd. De gemeente zoekt een toeleider.")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("begeleiding:dossier", pk)


@desk
@posts
def agree(request: SignedInRequest, pk: UUID, keer: UUID) -> HttpResponse:
    """Yes for the person, who said so."""
    traject = followed_traject(request, pk)
    if EersteKeer.objects.filter(pk=keer, traject=traject).exists():
        try:
            number = number_in(request.POST.get("plan", ""))
            eerste_keer.agree(keer, number, by=request.user, now=timezone.now())
            messages.success(request, "Bewaard: de inburgeraar kan dan.")
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
    return redirect("begeleiding:dossier", pk)


@desk
@posts
def cancel(request: SignedInRequest, pk: UUID, keer: UUID) -> HttpResponse:
    traject = followed_traject(request, pk)
    if EersteKeer.objects.filter(pk=keer, traject=traject).exists():
        try:
            reason = request.POST.get("reason", "").replace("\x00", "")
            eerste_keer.cancel(keer, reason, by=request.user, now=timezone.now())
            messages.success(request, "Afgezegd. De anderen krijgen bericht.")
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
    return redirect("begeleiding:dossier", pk)
