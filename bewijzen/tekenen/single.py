"""One block for one person: signing it, its receipt, and taking it back."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bewijzen import ledger, meetings, permissions, sign_off
from bewijzen.blocks import doubts
from bewijzen.forms import BlockForm, WithdrawForm, block_initial, duration_initial
from bewijzen.ledger import BRUSSELS
from bewijzen.models import Deelname, Regel, Verzoek
from bewijzen.overview import GRADE_WORDS
from bewijzen.refusals import Refusal
from bewijzen.web import for_contacts, new_intent, private, status_of
from gemeenten.acting import SignedInRequest

LINES_A_PAGE = 50
RECENT_LINES = 5


@private("GET", "POST")
@for_contacts
def deelname(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Sign for one person, with or without clock times."""
    found = (
        permissions.signable(request.user)
        .select_related("traject__inburgeraar", "organisatie")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    if request.method != "POST":
        note = meetings.open_note(found, request.GET.get("verzoek", ""))
        return _page(request, found, BlockForm(initial=_initial(found, note)))
    form = BlockForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    intent = form.cleaned_data["intent"]
    if form.ask(doubts(found, form.block, intent, today=timezone.localdate())):
        return _page(request, found, form, status=422)
    try:
        receipt = sign_off.sign(
            found.pk,
            form.block,
            signer=request.user,
            intent=intent,
            now=timezone.now(),
            sure=form.cleaned_data["sure"],
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, found, form, status=status_of(refusal))
    return redirect("bewijzen:tekenen_ontvangst", receipt.regel)


def _initial(found: Deelname, note: Verzoek | None) -> dict[str, object]:
    """What was noted, else today and as long as it usually takes; clock times are never
    invented."""
    intent = {"intent": new_intent()}
    if note is None:
        usual = found.page.minutes_per_time if found.page else None
        return intent | block_initial(timezone.localdate()) | duration_initial(usual)
    if note.van is None or note.tot is None:
        return intent | block_initial(note.day) | duration_initial(note.minutes)
    van, tot = note.van.astimezone(BRUSSELS), note.tot.astimezone(BRUSSELS)
    return intent | block_initial(note.day, van=van.time(), tot=tot.time())


def _page(
    request: SignedInRequest, found: Deelname, form: BlockForm, *, status: int = 200
) -> HttpResponse:
    lines = Regel.objects.filter(deelname=found, bevestiging__isnull=False)
    context = {
        "deelname": found,
        "name": meetings.shown_names(request.user)[found.pk],
        "form": form,
        "lines": lines.order_by("-day", "-pk")[:RECENT_LINES],
    }
    return render(request, "bewijzen/tekenen/deelname.html", context, status=status)


@private("GET")
@for_contacts
def ontvangst(request: SignedInRequest, pk: int) -> HttpResponse:
    """The receipt of one line, also after it was taken back."""
    regel = _regel(request, pk)
    context = {
        "regel": regel,
        "name": meetings.shown_names(request.user)[regel.deelname_id],
        "grade": GRADE_WORDS[regel.grade],
        "withdrawal": getattr(regel, "withdrawn_by", None),
    }
    return render(request, "bewijzen/tekenen/ontvangst.html", context)


@private("GET", "POST")
@for_contacts
def intrekken(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a line back, with a reason that the inburgeraar reads."""
    regel = _regel(request, pk)
    if request.method != "POST":
        form = WithdrawForm(initial={"intent": new_intent()})
        return _withdraw_page(request, regel, form)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _withdraw_page(request, regel, form, status=422)
    try:
        ledger.withdraw(
            regel.pk,
            by=request.user,
            reason=form.cleaned_data["reason"],
            intent=form.cleaned_data["intent"],
            now=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _withdraw_page(request, regel, form, status=status_of(refusal))
    return redirect("bewijzen:tekenen_ontvangst", regel.pk)


def _withdraw_page(
    request: SignedInRequest, regel: Regel, form: WithdrawForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "regel": regel,
        "name": meetings.shown_names(request.user)[regel.deelname_id],
        "form": form,
    }
    return render(request, "bewijzen/tekenen/intrekken.html", context, status=status)


def _regel(request: SignedInRequest, pk: int) -> Regel:
    """A line of an own organisation, however old."""
    own = permissions.signable(request.user).values("pk")
    regel = (
        Regel.objects.filter(pk=pk, kind=Regel.Kind.BEVESTIGING, deelname__in=own)
        .select_related("deelname__traject__inburgeraar", "signer", "withdrawn_by__tekst")
        .first()
    )
    if regel is None:
        raise Http404
    return regel


@private("GET")
@for_contacts
def getekend(request: SignedInRequest) -> HttpResponse:
    """What was signed for the own organisations, to look back and to take back."""
    lines = meetings.lines(request.user, now=timezone.now())
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("pagina"))
    names = meetings.shown_names(request.user)
    context = {"page": page, "lines": [(line, names[line.deelname_id]) for line in page]}
    return render(request, "bewijzen/tekenen/getekend.html", context)
