"""The inburgeraar asks somebody to come along the first time (R9), and says yes or no to a
plan."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aanbod.models import ActiviteitPage
from bewijzen import eerste_keer
from bewijzen.forms import ReasonForm
from bewijzen.models import EersteKeer, Traject
from bewijzen.refusals import Refusal
from bewijzen.web import for_inburgeraars, number_in, private
from gemeenten.acting import SignedInRequest


@private("POST")
@for_inburgeraars
def vraag(request: SignedInRequest, traject: Traject, page_pk: int) -> HttpResponse:
    """Can somebody come along to this activity?"""
    page = ActiviteitPage.objects.live().filter(pk=page_pk).first()
    if page is None:
        raise Http404
    try:
        keer = eerste_keer.ask(traject, page, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("bewijzen:mijn")
    messages.success(request, _("Je vraag is verstuurd. De gemeente zoekt iemand die meegaat."))
    return redirect("bewijzen:mijn_samen", keer.pk)


@private("GET")
@for_inburgeraars
def samen(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    return _page(request, _mine(traject, pk), ReasonForm())


@private("POST")
@for_inburgeraars
def ja(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """Yes to the plan that the page showed."""
    keer = _mine(traject, pk)
    try:
        number = number_in(request.POST.get("plan", ""))
        eerste_keer.agree(keer.pk, number, by=request.user, now=timezone.now())
        messages.success(request, _("Bewaard: jij kan dan."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("bewijzen:mijn_samen", keer.pk)


@private("POST")
@for_inburgeraars
def af(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """I don't want or cannot, and why."""
    keer = _mine(traject, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            eerste_keer.cancel(keer.pk, reason, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Afgezegd. De gemeente weet het."))
            return redirect("bewijzen:mijn")
    return _page(request, keer, form, status=422)


def _page(
    request: SignedInRequest, keer: EersteKeer, form: ReasonForm, *, status: int = 200
) -> HttpResponse:
    context = {"keer": keer, "form": form, "with_whom": eerste_keer.toeleider_name(keer)}
    return render(request, "bewijzen/mijn/samen.html", context, status=status)


def _mine(traject: Traject, pk: UUID) -> EersteKeer:
    rows = EersteKeer.objects.filter(pk=pk, traject=traject)
    found = rows.select_related("gemeente", "page").first()
    if found is None:
        raise Http404
    return found
