"""Zoekvragen in the CMS. Nothing here reads the traject behind a question: the row itself holds
what the asker agreed (bewijzen/permissions.py)."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from aanbod import search
from aanbod.labels import LABELS
from aanbod.models import ActiviteitPage
from aanbod.search import Query
from bewijzen import eerste_keer, permissions, zoekvragen
from bewijzen.begeleiding.forms import LANGUAGES
from bewijzen.gemeente.forms import ANSWERS
from bewijzen.models import Zoekvraag
from bewijzen.refusals import Refusal
from bewijzen.web import number_in
from bewijzen.zoekvraag_forms import KNOWS, DeskForm
from gemeenten.acting import SignedInRequest
from gemeenten.models import Gemeente

PER_PAGE = 50
REFUSED = 422


@dataclass(frozen=True)
class Row:
    """One question as a list shows it."""

    vraag: Zoekvraag
    term: str
    is_late: bool
    language: str


@dataclass(frozen=True)
class Suggestion:
    """A published activity that fits the search."""

    page: ActiviteitPage
    km: float | None


def own_gemeente(request: SignedInRequest, nis: str) -> Gemeente:
    return get_object_or_404(permissions.guided_gemeenten(request.user), nis=nis)


def _vraag(request: SignedInRequest, pk: UUID) -> Zoekvraag:
    """A question to a gemeente of this colleague's; also a trajectbegeleider sees rows."""
    rows = Zoekvraag.objects.filter(gemeente__in=permissions.guided_gemeenten(request.user))
    rows = rows.select_related("gemeente", "deelgemeente", "taken_by", "answered_by")
    return get_object_or_404(rows, pk=pk)


@never_cache
def index(request: SignedInRequest) -> HttpResponse:
    """To one's gemeente, or a choice between several."""
    gemeenten = list(permissions.guided_gemeenten(request.user))
    if not gemeenten:
        raise Http404
    if len(gemeenten) == 1:
        return redirect("zoekvragen:gemeente", gemeenten[0].nis)
    context = {"gemeenten": gemeenten, "title": "Zoekvragen", "to": "zoekvragen:gemeente"}
    return render(request, "bewijzen/cms/keuze.html", context)


@never_cache
def gemeente(request: SignedInRequest, nis: str) -> HttpResponse:
    """The questions of a gemeente: those that wait first, the nearest term on top."""
    here = own_gemeente(request, nis)
    page = Paginator(_open_first(here), PER_PAGE).get_page(request.GET.get("pagina"))
    today = timezone.localdate()
    context = {"gemeente": here, "page": page, "rows": [_row(vraag, today) for vraag in page]}
    return render(request, "bewijzen/cms/zoekvragen.html", context)


def _open_first(here: Gemeente) -> QuerySet[Zoekvraag]:
    is_open = When(state__in=Zoekvraag.OPEN, then=Value(0))
    rows = Zoekvraag.objects.filter(gemeente=here).select_related("taken_by")
    rows = rows.annotate(place=Case(is_open, default=Value(1), output_field=IntegerField()))
    return rows.order_by("place", "answer_by", "asked_at", "pk")


def _row(vraag: Zoekvraag, today: date) -> Row:
    return Row(
        vraag,
        zoekvragen.term_words(vraag, today) if vraag.is_open else "",
        vraag.is_open and vraag.answer_by < today,
        LANGUAGES.get(vraag.language, vraag.language),
    )


@never_cache
def nieuw(request: SignedInRequest, nis: str) -> HttpResponse:
    """Note what somebody asked at the desk or by telephone."""
    here = own_gemeente(request, nis)
    posted = request.POST if request.method == "POST" else None
    form = DeskForm(posted, gemeenten=Gemeente.objects.filter(pk=here.pk), own=here)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            vraag = zoekvragen.note_at_desk(
                here,
                form.wishes(),
                form.agreement(cleaned["name"]),
                language=cleaned["language"] or "nl",
                by=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "De vraag is genoteerd. Zoek hieronder wat past.")
            return redirect("zoekvragen:vraag", vraag.pk)
    context = {"gemeente": here, "form": form}
    status = REFUSED if form.errors else 200
    return render(request, "bewijzen/cms/zoekvraag_nieuw.html", context, status=status)


# -- One question ----------------------------------------------------------------------------


@never_cache
def vraag(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The wishes, what fits, and the answer; POST answers."""
    found = _vraag(request, pk)
    if request.method != "POST":
        return _page(request, found, {})
    kind = request.POST.get("answer", "")
    form = ANSWERS[kind](request.POST, auto_id=f"{kind}_%s") if kind in ANSWERS else None
    if form is not None and form.is_valid():
        ticked = frozenset(number_in(one) for one in request.POST.getlist("activiteit")[:100])
        try:
            zoekvragen.answer(pk, form.reply(ticked), by=request.user, now=timezone.now())
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _answered(found))
            return redirect("zoekvragen:vraag", pk)
    return _page(request, _vraag(request, pk), {kind: form} if form else {}, status=REFUSED)


def _answered(found: Zoekvraag) -> str:
    if found.channel == Zoekvraag.Channel.LOKET:
        return "Bewaard. Geef het antwoord zelf door: deze persoon vroeg het aan het loket."
    return "Bewaard. De vrager krijgt bericht."


def _page(
    request: SignedInRequest, found: Zoekvraag, sent: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "row": _row(found, timezone.localdate()),
        "vraag": found,
        "gemeente": found.gemeente,
        "knows": dict(KNOWS).get(found.taalniveau, ""),
        "chosen": found.activiteiten.order_by("title") if found.answer else [],
    }
    if found.is_open:
        asked = search.parse(request.GET) if "zoek" in request.GET else zoekvragen.query_of(found)
        results = search.results(asked, language="nl")
        context |= {
            "results": results,
            "query": results.query,
            "drops": _drops(results),
            "kept": _pairs(results.query.without("q")),
            "suggestions": _suggestions(results),
            "ticked": set(request.POST.getlist("activiteit")),
            "forms": {
                kind: sent.get(kind) or form(auto_id=f"{kind}_%s") for kind, form in ANSWERS.items()
            },
            "sent": sent,
        }
    return render(request, "bewijzen/cms/zoekvraag.html", context, status=status)


def _suggestions(results: search.Results) -> list[Suggestion]:
    """The first activities of a search, in its order: one query."""
    pages = ActiviteitPage.objects.live().select_related("organisatie")
    found = pages.in_bulk([row.page_id for row in results.rows])
    return [Suggestion(found[row.page_id], row.km) for row in results.rows if row.page_id in found]


def _pairs(query: Query) -> list[tuple[str, str]]:
    """A search as the parameters of an address."""
    pairs = []
    for name in (one.name for one in fields(query) if one.name not in {"unknown", "pagina"}):
        value = getattr(query, name)
        values = value if isinstance(value, tuple) else (value,)
        pairs += [(name, str(one)) for one in values if one]
    return pairs


def _drops(results: search.Results) -> list[tuple[str, str]]:
    """(what is asked in words, the address of the same search without it)."""
    query, found = results.query, []
    names = {"gemeente": {one.slug: one.name for one in results.gemeenten}}
    for name in query.active():
        value = getattr(query, name)
        values = value if isinstance(value, tuple) else (value,)
        said = ", ".join(str({**LABELS, **names}.get(name, {}).get(one, one)) for one in values)
        address = urlencode([("zoek", "1"), *_pairs(query.without(name))])
        found.append((f"{said} km" if name == "straal" else said, f"?{address}"))
    return found


@require_POST
def opnemen(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return _change(request, pk, zoekvragen.take, "Je neemt deze vraag op. De vrager ziet dat.")


@require_POST
def sluiten(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return _change(request, pk, zoekvragen.close, "De vraag is gesloten.")


@require_POST
def intrekken(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A question of the desk that nobody needs an answer to."""
    return _change(request, pk, zoekvragen.withdraw, "De vraag is ingetrokken.")


def _change(request: SignedInRequest, pk: UUID, rule: Any, said: str) -> HttpResponse:
    found = _vraag(request, pk)
    try:
        rule(found.pk, by=request.user, now=timezone.now())
        messages.success(request, said)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("zoekvragen:vraag", pk)


@require_POST
def aanbieden(request: SignedInRequest, pk: UUID, page_id: int) -> HttpResponse:
    """Offer that somebody comes along to an activity of the answer."""
    found = _vraag(request, pk)
    page = get_object_or_404(found.activiteiten, pk=page_id)
    try:
        keer = eerste_keer.offer(found.pk, page, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("zoekvragen:vraag", pk)
    messages.success(request, "Kies nu wie meegaat. De naam zie je zodra de persoon ja zegt.")
    return redirect("toeleiders:keer", keer.pk)
