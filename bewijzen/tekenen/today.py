"""The contact person's first page: who waits for an answer, and what there is to sign."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aanbod.models import Sessie
from bewijzen import (
    cards,
    meetings,
    participation,
    permissions,
    ready_words,
    sign_off,
    trajects,
    wachtlijst,
)
from bewijzen.forms import CodeForm
from bewijzen.models import Deelname, Verzoek
from bewijzen.refusals import Refusal
from bewijzen.tekenen import arrange
from bewijzen.web import (
    SignedInRequest,
    count_wrong,
    for_contacts,
    intent_of,
    may_try,
    new_intent,
    next_of,
    private,
    signed_in,
    status_of,
)

ACTION = "getypt"


@private("GET")
def tekenen(request: HttpRequest) -> HttpResponse:
    """Today, for a contact person; for anybody else how to get in."""
    person = signed_in(request)
    if person is None:
        return render(request, "bewijzen/tekenen/welcome.html", {"next": next_of(request)})
    if not permissions.is_contact(person.user):
        if permissions.is_toeleider(person.user):
            return redirect("bewijzen:tekenen_samen")
        if permissions.is_stand_in(person.user, today=timezone.localdate()):
            return redirect("bewijzen:tekenen_invallen")
        context = {"traject": trajects.current(person.user)}
        return render(request, "bewijzen/tekenen/no_contact.html", context, status=403)
    return today(person, CodeForm())


def today(
    request: SignedInRequest, code_form: CodeForm, *, status: int = 200, **answer: object
) -> HttpResponse:
    """The page itself; `answer` says what went wrong with the last button."""
    now = timezone.now()
    people = meetings.participants(request.user)
    names = meetings.names_of(people)
    found = meetings.recent(request.user, people, names, now=now)
    this_day = meetings.brussels_day(now)
    context = {
        "code_form": code_form,
        "stands_in": permissions.is_stand_in(request.user, today=this_day),
        "requests": _requests(people, names, now),
        "notes": [(note, names[note.deelname_id], new_intent()) for note in meetings.notes(people)],
        "today": [meeting for meeting in found if meeting.day == this_day],
        "earlier": [meeting for meeting in found if meeting.day != this_day and meeting.people],
        "by_agreement": [(one, names[one.pk]) for one in meetings.by_agreement(people, found)],
        "is_toeleider": permissions.is_toeleider(request.user),
        **answer,
    }
    return render(request, "bewijzen/tekenen/today.html", context, status=status)


@private("POST")
@for_contacts
def getypt(request: SignedInRequest) -> HttpResponse:
    """The digits under a QR lead to the same form as the QR itself."""
    form = CodeForm(request.POST)
    if not may_try(request, ACTION):
        return today(request, form, is_locked=True, status=429)
    if not form.is_valid():
        return today(request, form, status=422)
    kaart = cards.find(form.cleaned_data["code"])
    if kaart is None:
        if not count_wrong(request, ACTION):
            return today(request, form, is_locked=True, status=429)
        return today(request, form, is_wrong=True, status=422)
    return redirect("scan", cards.token(kaart))


def _requests(
    people: list[Deelname], names: dict[UUID, str], now: datetime
) -> list[tuple[Deelname, str, Sessie | None, list[object], int | None]]:
    """Who waits for an answer: the first date to come, what goes along, and the place in line."""
    waiting = meetings.requests(people)
    coming = meetings.coming(waiting, now=now)
    positions = wachtlijst.positions(waiting)
    return [
        (
            one,
            names[one.pk],
            next(iter(coming[one.page_id]), None),
            ready_words.sentences(one.questions),
            positions.get(one.pk),
        )
        for one in waiting
    ]


@private("GET", "POST")
@for_contacts
def aanvraag(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Answer somebody who asked to join: welcome and when, the waiting list, or not and why."""
    deelname = permissions.signable(request.user).filter(pk=pk).first()
    if deelname is None:
        raise Http404
    if request.method != "POST" or request.POST.get("antwoord") == "afspraak":
        return arrange.page(request, deelname)
    now = timezone.now()
    try:
        if request.POST.get("antwoord") == "welkom":
            first = meetings.dated(deelname, request.POST.get("sessie", ""), now=now)
            participation.welcome(
                deelname, by=request.user, first=participation.First(sessie=first), now=now
            )
            messages.success(request, _("Bewaard: deze persoon doet mee."))
        elif request.POST.get("antwoord") == "wachtlijst":
            participation.put_on_waiting_list(deelname, by=request.user, now=now)
            messages.success(request, _("Bewaard: deze persoon staat op de wachtlijst."))
        else:
            reason = _text(request, "reason")
            participation.decline(deelname, by=request.user, reason=reason, now=now)
            messages.success(request, _("Bewaard: deze persoon leest waarom het niet kan."))
    except Refusal as refusal:
        return _refused(request, refusal, pk)
    return redirect("bewijzen:tekenen")


@private("POST")
@for_contacts
def verzoek(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Answer a note "I was there": sign it as it stands, or not and why."""
    own = permissions.signable(request.user).values("pk")
    note = Verzoek.objects.filter(pk=pk, deelname__in=own).first()
    if note is None:
        raise Http404
    now = timezone.now()
    try:
        if request.POST.get("antwoord") == "teken":
            receipt = sign_off.sign_note(
                note.pk, signer=request.user, intent=intent_of(request), now=now
            )
            return redirect("bewijzen:tekenen_ontvangst", receipt.regel)
        sign_off.refuse_note(note.pk, by=request.user, reason=_text(request, "reason"), now=now)
        messages.success(request, _("Bewaard: deze persoon leest waarom je niet tekent."))
    except Refusal as refusal:
        return _refused(request, refusal, pk)
    return redirect("bewijzen:tekenen")


def _text(request: HttpRequest, name: str) -> str:
    """What was typed in a small field, without what a database cannot hold."""
    return request.POST.get(name, "").replace("\x00", "").strip()


def _refused(request: SignedInRequest, refusal: Refusal, pk: UUID) -> HttpResponse:
    return today(
        request,
        CodeForm(),
        refused=pk,
        refusal=refusal.sentence,
        typed=_text(request, "reason"),
        status=status_of(refusal),
    )
