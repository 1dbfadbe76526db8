"""The toeleider's own page: appointments to come along, and of each one first name, language,
meeting place and time. A toeleider signs no hours (R9)."""

from uuid import UUID

from django.conf.locale import LANG_INFO
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bewijzen import eerste_keer, permissions
from bewijzen.forms import ReasonForm
from bewijzen.models import EersteKeer
from bewijzen.refusals import Refusal
from bewijzen.web import for_toeleiders, number_in, private
from gemeenten.acting import SignedInRequest


@private("GET")
@for_toeleiders
def lijst(request: SignedInRequest) -> HttpResponse:
    """What I was asked for, the first one first."""
    context = {
        "keren": permissions.accompanied(request.user),
        "is_contact": permissions.is_contact(request.user),
    }
    return render(request, "bewijzen/tekenen/samen.html", context)


@private("GET")
@for_toeleiders
def samen(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return _page(request, _mine(request, pk), ReasonForm())


@private("POST")
@for_toeleiders
def ja(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Yes to the plan that the page showed."""
    keer = _mine(request, pk)
    try:
        number = number_in(request.POST.get("plan", ""))
        eerste_keer.agree(keer.pk, number, by=request.user, now=timezone.now())
        messages.success(request, _("Bewaard: jij gaat mee."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("bewijzen:tekenen_samen_een", keer.pk)


@private("POST")
@for_toeleiders
def nee(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """I cannot come along after all: the gemeente looks for somebody else."""
    keer = _mine(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            eerste_keer.hand_back(keer.pk, reason, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Bewaard. De gemeente zoekt iemand anders."))
            return redirect("bewijzen:tekenen_samen")
    return _page(request, keer, form, status=422)


@private("POST")
@for_toeleiders
def gedaan(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """We went together; then the appointment goes off my page."""
    keer = _mine(request, pk)
    try:
        eerste_keer.done(keer.pk, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("bewijzen:tekenen_samen_een", keer.pk)
    messages.success(request, _("Dank je dat je meeging."))
    return redirect("bewijzen:tekenen_samen")


def _mine(request: SignedInRequest, pk: UUID) -> EersteKeer:
    found = permissions.accompanied(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: SignedInRequest, keer: EersteKeer, form: ReasonForm, *, status: int = 200
) -> HttpResponse:
    is_over = keer.at is not None and keer.at <= timezone.now()
    spoken = LANG_INFO.get(keer.language, {}).get("name_local", keer.language)
    context = {"keer": keer, "form": form, "is_over": is_over, "spoken": spoken}
    return render(request, "bewijzen/tekenen/samen_een.html", context, status=status)
