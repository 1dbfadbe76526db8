"""The desk: each view reads what was asked, calls one rule and renders."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from bewijzen import (
    bewijs,
    cards,
    eerste_keer,
    ledger,
    participation,
    trajects,
    voorstellen,
    wishes,
    zoekvragen,
)
from bewijzen import bewijs_pdf as pdf
from bewijzen import caseload as followed
from bewijzen import dossier as dossiers
from bewijzen.begeleiding.access import desk, posts
from bewijzen.begeleiding.forms import (
    LANGUAGES,
    JudgeForm,
    NewDossierForm,
    SearchForm,
    WithdrawForm,
)
from bewijzen.begeleiding.words import progress, step_words
from bewijzen.models import Deelname, Traject
from bewijzen.refusals import Refusal
from bewijzen.web import language_of, new_intent, url_in
from gemeenten.acting import SignedInRequest
from gemeenten.printing.qr import qr_svg

PER_PAGE = 50
REFUSED = 422
#: What somebody looks for stays in the session: a name does not belong in an address.
SESSION_KEY = "caseload"
FIELD_OF_REFUSAL = {
    "reference_taken": "reference",
    "national_number": "reference",
    "email_taken": "email",
    "starts_in_future": "started_on",
    "started_long_ago": "started_on",
    "needs_reason": "reason",
    "needs_day": "until",
}


# -- The list --------------------------------------------------------------------------------


@desk
def caseload(request: SignedInRequest) -> HttpResponse:
    """Everyone whom this colleague follows, who needs attention first."""
    now = timezone.localtime()
    asked = request.session.get(SESSION_KEY, {})
    everyone = followed.caseload(request.user)
    found = everyone.search(asked.get("q", ""))
    if asked.get("toestand"):
        found = found.filter(state=asked["toestand"])
    rows = (
        found.with_what_waits(now.date())
        .neediest_first()
        .select_related("inburgeraar", "gemeente", "trajectbegeleider")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "bewijzen/begeleiding/caseload.html",
        {
            "form": SearchForm(initial=asked),
            "asked": asked,
            "page": page,
            "rows": [
                (row, progress(row.total_minutes, row.target_minutes), followed.reasons(row, now))
                for row in page
            ],
        },
    )


@desk
def find(request: SignedInRequest) -> HttpResponse:
    """Remember what is looked for in this session, and show the list."""
    if request.method == "POST":
        form = SearchForm(request.POST)
        request.session.pop(SESSION_KEY, None)
        if "alles" in request.POST:
            pass
        elif form.is_valid():
            request.session[SESSION_KEY] = form.cleaned_data
        else:
            messages.error(request, "Zo kunnen we niet zoeken. Typ een naam of een nummer.")
    return redirect("begeleiding:caseload")


# -- A new dossier ---------------------------------------------------------------------------


@desk
def new(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    form = NewDossierForm(_posted(request), user=request.user, today=timezone.localdate(now))
    if not form.own:
        return render(request, "bewijzen/begeleiding/no_caseload.html", status=403)
    if form.is_valid():
        try:
            traject = dossiers.open_dossier(form.dossier(), by=request.user, now=now)
        except Refusal as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, f"Het dossier van {traject.inburgeraar.name} is gemaakt.")
            return redirect("begeleiding:activation", traject.pk)
    return render(
        request,
        "bewijzen/begeleiding/new.html",
        {"form": form},
        status=REFUSED if form.errors else 200,
    )


# -- One dossier -----------------------------------------------------------------------------


@desk
def dossier(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return _dossier_page(request, followed_traject(request, pk))


@desk
@posts
def judge(request: SignedInRequest, pk: UUID, deelname: UUID) -> HttpResponse:
    """Does this activity fit for this person (R6)?"""
    traject = followed_traject(request, pk)
    row = Deelname.objects.filter(traject=traject, pk=deelname).first()
    if row is None:
        raise Http404
    form = _judge_form(deelname, request.POST)
    if form.is_valid():
        try:
            participation.judge(row, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, f"Bewaard: {row.title}.")
            return redirect("begeleiding:dossier", pk)
    return _dossier_page(request, traject, refused=form, of=deelname)


@desk
@posts
def check(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The hours were checked, the target is reached."""
    traject = followed_traject(request, pk)
    try:
        trajects.check_reached(traject, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        name = traject.inburgeraar.first_name
        messages.success(request, f"Doel bereikt. {name} krijgt bericht. Het bewijs staat klaar.")
    return redirect("begeleiding:dossier", pk)


@desk
def withdraw(request: SignedInRequest, pk: UUID, regel: int) -> HttpResponse:
    """Withdraw one line with a reason."""
    traject = followed_traject(request, pk)
    line = next((line for line in dossiers.lines(traject) if line.regel.pk == regel), None)
    if line is None:
        raise Http404
    form = WithdrawForm(_posted(request), initial={"intent": new_intent()})
    if form.is_valid():
        try:
            ledger.withdraw(regel, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            _refuse(form, refusal)
        else:
            messages.success(
                request,
                f"De uren zijn ingetrokken. {traject.inburgeraar.first_name} krijgt bericht.",
            )
            return redirect("begeleiding:dossier", pk)
    return render(
        request,
        "bewijzen/begeleiding/withdraw.html",
        {"traject": traject, "line": line, "form": form},
        status=REFUSED if form.errors else 200,
    )


@desk
def bewijs_pdf(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The bewijs, or before the target is reached the overview so far."""
    traject = followed_traject(request, pk)
    made = pdf.bewijs_pdf(bewijs.content_of(traject, now=timezone.now()))
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="bewijs.pdf"'},
    )


# -- On paper --------------------------------------------------------------------------------


@desk
def activation(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What the sheet is for; POST makes a code and shows the sheet, once."""
    traject = followed_traject(request, pk)
    if request.method != "POST":
        return render(request, "bewijzen/begeleiding/activation.html", {"traject": traject})
    now = timezone.now()
    try:
        code = dossiers.hand_out_activation(traject, by=request.user, now=now)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("begeleiding:dossier", pk)
    language = language_of(traject.inburgeraar.user)
    address = settings.BASE_URL + url_in(language, "bewijzen:activeer")
    return render(
        request,
        "bewijzen/begeleiding/activation_sheet.html",
        {
            "traject": traject,
            "code": code,
            "until": now + timedelta(days=dossiers.ACTIVATION_DAYS),
            "languages": ["nl"] if language == "nl" else ["nl", language],
            "address": address,
            "qr": qr_svg(address),
        },
    )


@desk
def card(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The bewijskaart on a sheet of its own; it can be printed again at any moment."""
    traject = followed_traject(request, pk)
    kaart = cards.living_card(traject)
    if kaart is None:
        return redirect("begeleiding:new_card", pk)
    language = language_of(traject.inburgeraar.user)
    return render(
        request,
        "bewijzen/begeleiding/card_sheet.html",
        {
            "traject": traject,
            "typed_code": cards.grouped(cards.typed_code(kaart)),
            "qr": qr_svg(cards.card_url(kaart)),
            "languages": ["nl"] if language == "nl" else ["nl", language],
            "sign_address": settings.BASE_URL + url_in("nl", "bewijzen:tekenen"),
        },
    )


@desk
def new_card(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Lost: asks first, because the old card is dead from then on."""
    traject = followed_traject(request, pk)
    if request.method != "POST":
        return render(
            request,
            "bewijzen/begeleiding/new_card.html",
            {"traject": traject, "kaart": cards.living_card(traject)},
        )
    try:
        lost = int(request.POST.get("kaart", ""))
        dossiers.replace_card(traject, lost, by=request.user, now=timezone.now())
    except ValueError:
        messages.error(request, "Er ging iets mis. Er is niets veranderd: probeer het opnieuw.")
        return redirect("begeleiding:new_card", pk)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("begeleiding:dossier", pk)
    return redirect("begeleiding:card", pk)


# -- Shared ----------------------------------------------------------------------------------


def followed_traject(request: SignedInRequest, pk: UUID) -> Traject:
    """One traject of the caseload, or 404."""
    rows = followed.caseload(request.user).select_related(
        "inburgeraar__user", "gemeente", "agentschap", "trajectbegeleider"
    )
    traject = rows.filter(pk=pk).first()
    if traject is None:
        raise Http404
    return traject


def _posted(request: SignedInRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _judge_form(deelname: UUID, data: Any = None) -> JudgeForm:
    return JudgeForm(
        data,
        auto_id=f"{deelname}_%s",
        initial={"until": timezone.localdate()},
    )


def _refuse(form: Any, refusal: Refusal) -> None:
    """The sentence beside the field that it is about, or above the form."""
    name = FIELD_OF_REFUSAL.get(refusal.code)
    form.add_error(name if name in form.fields else None, refusal.sentence)


def _dossier_page(
    request: SignedInRequest,
    traject: Traject,
    *,
    refused: JudgeForm | None = None,
    of: UUID | None = None,
) -> HttpResponse:
    read = dossiers.read(traject)
    return render(
        request,
        "bewijzen/begeleiding/dossier.html",
        {
            "dossier": read,
            "traject": traject,
            "language": LANGUAGES.get(traject.inburgeraar.user.language, ""),
            "takings": [
                (
                    taking,
                    refused if taking.deelname.pk == of else _judge_form(taking.deelname.pk),
                    taking.deelname.pk == of,
                )
                for taking in read.takings
            ],
            "vragen": zoekvragen.of_traject(traject),
            "voorstellen": voorstellen.of_traject(traject),
            "keren": eerste_keer.of_traject(traject),
            "wensen": wishes.in_words(kept) if (kept := wishes.kept(traject)) else [],
            "steps": [(step_words(stap), stap) for stap in read.steps],
        },
        status=REFUSED if refused else 200,
    )
