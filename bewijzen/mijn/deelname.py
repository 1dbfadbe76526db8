"""Joining an activity, and saying "I was there"."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aanbod import translations
from aanbod.models import ActiviteitPage, Sessie
from bewijzen import overview, participation, ready_words, sign_off, trajects, wachtlijst
from bewijzen.forms import DurationForm, duration_initial
from bewijzen.ledger import Block
from bewijzen.models import Deelname, Traject, Verzoek
from bewijzen.refusals import Refusal
from bewijzen.web import for_inburgeraars, private, signed_in, status_of
from gemeenten.acting import SignedInRequest


class NoteForm(DurationForm):
    """A day and how long; the day and the hours of the activity come first."""

    field_order = ["day", "hours", "minutes"]


@private("GET", "POST")
def meedoen(request: HttpRequest, page_pk: int) -> HttpResponse:
    """What you ask for, and one button. Who is not signed in reads how it goes."""
    page = ActiviteitPage.objects.live().select_related("organisatie").filter(pk=page_pk).first()
    if page is None:
        raise Http404
    person = signed_in(request)
    traject = trajects.current(person.user) if person else None
    context = {
        "page": page,
        "titles": translations.titles([page.pk], request.LANGUAGE_CODE),
        "traject": traject,
        "deelname": _own(traject, page),
        "questions": _questions(request.POST.getlist("vraag")),
        "is_full": traject is not None and wachtlijst.is_full(page),
    }
    if request.method != "POST" or traject is None:
        return render(request, "bewijzen/mijn/meedoen.html", context)
    try:
        deelname = participation.ask_to_join(
            traject, page, questions=request.POST.getlist("vraag"), now=timezone.now()
        )
    except Refusal as refusal:
        context["refusal"] = refusal.sentence
        return render(request, "bewijzen/mijn/meedoen.html", context, status=422)
    if deelname.state == Deelname.State.WACHTLIJST:
        messages.success(request, _("Alles is bezet. Je staat nu op de wachtlijst."))
    else:
        messages.success(request, _("Je vraag is verstuurd. Je krijgt hier een antwoord."))
    return redirect("bewijzen:mijn_deelname", deelname.pk)


def _questions(chosen: list[str]) -> list[tuple[str, object, str, bool]]:
    """Code, sentence and pictogram of each ready sentence, and whether it was ticked."""
    return [
        (code, sentence, ready_words.ICONS[code], code in chosen)
        for code, sentence in ready_words.QUESTIONS.items()
    ]


def _own(traject: Traject | None, page: ActiviteitPage) -> Deelname | None:
    """The deelname of this person that still stands: who stopped or was refused may ask again."""
    if traject is None:
        return None
    over = [Deelname.State.GEWEIGERD, Deelname.State.GESTOPT]
    return Deelname.objects.filter(traject=traject, page=page).exclude(state__in=over).first()


@private("GET", "POST")
@for_inburgeraars
def deelname(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """One activity of mine; POST notes that I was there."""
    found = _mine(traject, pk)
    if request.method != "POST":
        return _page(request, found, NoteForm(initial=_usual_length(found)))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        participation.note_attendance(found, form.block, now=timezone.now())
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, found, form, status=status_of(refusal))
    return _noted(request, found)


@private("POST")
@for_inburgeraars
def was_er(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """I was at this meeting: its day and clock times, with one tap."""
    found = _mine(traject, pk)
    try:
        block = _block_of(found, request.POST.get("sessie", ""))
        participation.note_attendance(found, block, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("bewijzen:mijn_deelname", found.pk)
    return _noted(request, found)


def _block_of(found: Deelname, tapped: str) -> Block:
    for sessie in overview.to_note(found, now=timezone.now()):
        if str(sessie.pk) == tapped:
            return Block.between(sessie.van, sessie.tot)
    raise Refusal("noted_already")


def _noted(request: SignedInRequest, found: Deelname) -> HttpResponse:
    messages.success(request, _("Genoteerd. Nu wacht het op een contactpersoon."))
    return redirect("bewijzen:mijn_deelname", found.pk)


def _usual_length(found: Deelname) -> dict:
    return duration_initial(found.page.minutes_per_time if found.page else None)


def _page(
    request: SignedInRequest, found: Deelname, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    context = {
        "deelname": found,
        "titles": translations.titles([found.page_id or 0], request.LANGUAGE_CODE),
        "form": form,
        "on": overview.on_whom(found),
        "refusal": overview.refusal_of(found),
        "stopped": overview.stopped_by_other(found),
        "position": wachtlijst.positions([found]).get(found.pk),
        "questions": ready_words.sentences(found.questions),
        "sessies": overview.to_note(found, now=now),
        "next": Sessie.objects.filter(page=found.page_id, tot__gt=now)
        .exclude(state=Sessie.State.AFGELAST)
        .first(),
        "notes": Verzoek.objects.filter(deelname=found).exclude(
            state__in=[Verzoek.State.GETEKEND, Verzoek.State.INGETROKKEN]
        ),
        "lines": [
            signed
            for signed in overview.signed(found.traject)
            if signed.line.regel.deelname_id == found.pk
        ],
    }
    return render(request, "bewijzen/mijn/deelname.html", context, status=status)


@private("POST")
@for_inburgeraars
def neem_terug(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """Take a note back."""
    note = Verzoek.objects.filter(pk=pk, deelname__traject=traject).first()
    if note is None:
        raise Http404
    try:
        sign_off.take_back_note(note.pk, by=request.user)
        messages.success(request, _("Je nam het terug."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("bewijzen:mijn_deelname", note.deelname_id)


@private("POST")
@for_inburgeraars
def stop(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """I don't go any more. Hours already lived can still be signed."""
    found = _mine(traject, pk)
    reason = request.POST.get("reason", "").replace("\x00", "")
    try:
        participation.stop(found, by=request.user, reason=reason, now=timezone.now())
        messages.success(
            request, _("Je bent gestopt. Uren van vroeger kunnen nog getekend worden.")
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("bewijzen:mijn_deelname", found.pk)


@private("POST")
@for_inburgeraars
def plaats(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """Yes to the place that is kept for me."""
    found = _mine(traject, pk)
    try:
        participation.take_place(found, by=request.user, now=timezone.now())
        messages.success(request, _("Goed zo. De plaats is van jou."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("bewijzen:mijn_deelname", found.pk)


def _mine(traject: Traject, pk: UUID) -> Deelname:
    found = (
        Deelname.objects.filter(pk=pk, traject=traject)
        .select_related("traject__inburgeraar", "page", "organisatie", "gemeente")
        .first()
    )
    if found is None:
        raise Http404
    return found
