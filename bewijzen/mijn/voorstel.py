"""The inburgeraar proposes something of their own (R5): a chat with the neighbour, coffee."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bewijzen import voorstellen
from bewijzen.forms import DurationForm
from bewijzen.models import Traject, Voorstel
from bewijzen.refusals import Refusal
from bewijzen.voorstel_forms import PlanForm, initial
from bewijzen.web import for_inburgeraars, new_intent, private, status_of
from gemeenten.acting import SignedInRequest


class DayForm(DurationForm):
    """A day and how long, before there is an answer."""

    field_order = ["day", "hours", "minutes"]


@private("GET", "POST")
@for_inburgeraars
def nieuw(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """Four fields, the criteria as questions, and who signs."""
    if request.method != "POST":
        form = PlanForm(initial={"intent": new_intent()})
        return _form_page(request, form)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form)
    try:
        voorstel = voorstellen.propose(
            traject,
            form.plan(),
            intent=form.cleaned_data["intent"] or new_intent(),
            by=request.user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        _refuse(form, refusal)
        return _form_page(request, form)
    messages.success(request, _("Je voorstel is verstuurd. Je leest hier het antwoord."))
    return redirect("bewijzen:mijn_voorstel_een", voorstel.pk)


@private("GET", "POST")
@for_inburgeraars
def wijzig(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """Answer what the trajectbegeleider asked."""
    voorstel = _mine(traject, pk)
    if voorstel.state != Voorstel.State.TERUGGEVRAAGD:
        return redirect("bewijzen:mijn_voorstel_een", pk)
    if request.method != "POST":
        return _form_page(request, PlanForm(initial=initial(voorstel)), voorstel)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, voorstel)
    try:
        voorstellen.send_again(pk, form.plan(), by=request.user, now=timezone.now())
    except Refusal as refusal:
        _refuse(form, refusal)
        return _form_page(request, form, voorstel)
    messages.success(request, _("Verstuurd. Je trajectbegeleider leest het opnieuw."))
    return redirect("bewijzen:mijn_voorstel_een", pk)


def _form_page(
    request: SignedInRequest, form: PlanForm, voorstel: Voorstel | None = None
) -> HttpResponse:
    context = {"form": form, "voorstel": voorstel}
    status = 422 if form.errors else 200
    return render(request, "bewijzen/mijn/voorstel_nieuw.html", context, status=status)


def _refuse(form: PlanForm, refusal: Refusal) -> None:
    """The sentence beside who signs, or above the form."""
    form.add_error("contact_name" if refusal.code == "own_contact" else None, refusal.sentence)


@private("GET", "POST")
@for_inburgeraars
def een(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """One proposal of mine: how it stands, and why. POST notes that I was there already."""
    voorstel = _mine(traject, pk)
    if request.method != "POST":
        return _page(request, voorstel, DayForm())
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, voorstel, form, status=422)
    block = form.block
    try:
        voorstellen.note_day(pk, block.day, block.minutes, by=request.user, now=timezone.now())
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, voorstel, form, status=status_of(refusal))
    messages.success(request, _("Genoteerd. Het telt als je voorstel goed is en er getekend is."))
    return redirect("bewijzen:mijn_voorstel_een", pk)


def _page(
    request: SignedInRequest, voorstel: Voorstel, form: DayForm, *, status: int = 200
) -> HttpResponse:
    context = {"voorstel": voorstel, "form": form, "dagen": list(voorstel.dagen.all())}
    return render(request, "bewijzen/mijn/voorstel.html", context, status=status)


@private("POST")
@for_inburgeraars
def intrekken(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """I don't propose it any more."""
    _mine(traject, pk)
    try:
        voorstellen.withdraw(pk, by=request.user, now=timezone.now())
        messages.success(request, _("Je voorstel is ingetrokken."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("bewijzen:mijn_voorstel_een", pk)


def _mine(traject: Traject, pk: UUID) -> Voorstel:
    found = Voorstel.objects.filter(pk=pk, traject=traject).select_related("deelname").first()
    if found is None:
        raise Http404
    return found
