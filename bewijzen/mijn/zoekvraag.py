"""The inburgeraar asks the gemeente what there is to do (R10)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bewijzen import trajects, zoekvragen
from bewijzen.models import EersteKeer, Traject, Zoekvraag
from bewijzen.refusals import Refusal
from bewijzen.web import for_inburgeraars, private, signed_in
from bewijzen.zoekvraag_forms import WishesForm
from gemeenten.acting import SignedInRequest
from gemeenten.models import GemeentePage


@private("GET", "POST")
def zoekvraag(request: HttpRequest) -> HttpResponse:
    """A few tiles to tap. Who has no traject reads whom to ask instead."""
    person = signed_in(request)
    traject = trajects.current(person.user) if person else None
    if person is None or traject is None:
        pages = GemeentePage.objects.live().filter(gemeente__active=True).order_by("title")
        return render(request, "bewijzen/mijn/zoekvraag_hoe.html", {"pages": pages})
    return _ask(person, traject)


def _ask(request: SignedInRequest, traject: Traject) -> HttpResponse:
    waiting = [vraag for vraag in zoekvragen.of_traject(traject) if vraag.is_open]
    gemeenten = zoekvragen.gemeenten().exclude(pk__in=[vraag.gemeente_id for vraag in waiting])
    own = gemeenten.filter(pk=traject.gemeente_id).first() or gemeenten.first()
    context: dict[str, object] = {"waiting": waiting, "form": None}
    if own is None:
        return render(request, "bewijzen/mijn/zoekvraag.html", context)
    form = WishesForm(
        request.POST if request.method == "POST" else None, gemeenten=gemeenten, own=own
    )
    if form.is_valid():
        try:
            vraag = zoekvragen.ask(
                traject,
                form.chosen_gemeente(),
                form.wishes(),
                form.agreement(traject.inburgeraar.name),
                by=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Je vraag is verstuurd. Je leest hier het antwoord."))
            return redirect("bewijzen:zoekvraag_een", vraag.pk)
    context["form"] = form
    status = 422 if form.errors else 200
    return render(request, "bewijzen/mijn/zoekvraag.html", context, status=status)


@private("GET")
@for_inburgeraars
def een(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """One question of mine: how it stands, and the answer."""
    vraag = _mine(traject, pk)
    pages = list(
        vraag.activiteiten.filter(live=True).select_related("organisatie").order_by("title")
    )
    asked = EersteKeer.objects.filter(traject=traject, state__in=EersteKeer.OPEN)
    together = dict(asked.values_list("page", "pk"))
    context = {
        "vraag": vraag,
        "offers": [(page, together.get(page.pk)) for page in pages],
    }
    return render(request, "bewijzen/mijn/zoekvraag_een.html", context)


@private("POST")
@for_inburgeraars
def intrekken(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """I need no answer any more."""
    vraag = _mine(traject, pk)
    try:
        zoekvragen.withdraw(vraag.pk, by=request.user, now=timezone.now())
        messages.success(request, _("Je vraag is ingetrokken."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("bewijzen:zoekvraag_een", vraag.pk)


@private("POST")
@for_inburgeraars
def klaar(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """I was helped; the question goes off my page."""
    vraag = _mine(traject, pk)
    try:
        zoekvragen.close(vraag.pk, by=request.user, now=timezone.now())
        messages.success(request, _("Goed zo. Je vraag is klaar."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("bewijzen:mijn")


def _mine(traject: Traject, pk: UUID) -> Zoekvraag:
    rows = Zoekvraag.objects.filter(pk=pk, traject=traject)
    found = rows.select_related("gemeente", "deelgemeente").first()
    if found is None:
        raise Http404
    return found
