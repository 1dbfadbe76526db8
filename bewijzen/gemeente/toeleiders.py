"""The pool of toeleiders, and first times together, in the CMS."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from bewijzen import eerste_keer, permissions, toeleiders
from bewijzen.begeleiding.forms import LANGUAGES
from bewijzen.gemeente.forms import CancelForm, PlanForm, ToeleiderForm
from bewijzen.gemeente.zoekvragen import REFUSED, own_gemeente
from bewijzen.models import EersteKeer, Toeleider
from bewijzen.refusals import Refusal
from gemeenten import codes
from gemeenten.acting import SignedInRequest

#: What is over stays on the list for so long.
SHOWN_DAYS = 30
AT_MOST = 200


def _toeleider(request: SignedInRequest, pk: int) -> Toeleider:
    rows = Toeleider.objects.filter(gemeente__in=permissions.guided_gemeenten(request.user))
    return get_object_or_404(rows.select_related("gemeente", "user"), pk=pk)


def _keer(request: SignedInRequest, pk: UUID) -> EersteKeer:
    rows = EersteKeer.objects.filter(gemeente__in=permissions.guided_gemeenten(request.user))
    return get_object_or_404(rows.select_related("gemeente", "toeleider"), pk=pk)


@never_cache
def index(request: SignedInRequest) -> HttpResponse:
    """To one's gemeente, or a choice between several."""
    gemeenten = list(permissions.guided_gemeenten(request.user))
    if not gemeenten:
        raise Http404
    if len(gemeenten) == 1:
        return redirect("toeleiders:gemeente", gemeenten[0].nis)
    context = {"gemeenten": gemeenten, "title": "Samen gaan", "to": "toeleiders:gemeente"}
    return render(request, "bewijzen/cms/keuze.html", context)


@never_cache
def gemeente(request: SignedInRequest, nis: str) -> HttpResponse:
    """What is asked and planned, and who can be asked."""
    here = own_gemeente(request, nis)
    today = timezone.localdate()
    rows = EersteKeer.objects.filter(gemeente=here).select_related("toeleider")
    recent = timezone.now() - timedelta(days=SHOWN_DAYS)
    over = rows.exclude(state__in=EersteKeer.OPEN).filter(asked_at__gte=recent)
    pool = Toeleider.objects.filter(gemeente=here).select_related("user", "gemeente")
    valid = set(pool.valid(today).values_list("pk", flat=True))
    context = {
        "gemeente": here,
        "keren": [_shown(keer) for keer in rows.filter(state__in=EersteKeer.OPEN)[:AT_MOST]],
        "over": [_shown(keer) for keer in over[:AT_MOST]],
        "pool": [_spoken(one) for one in pool if one.pk in valid],
        "others": [one for one in pool if one.pk not in valid],
    }
    return render(request, "bewijzen/cms/toeleiders.html", context)


def _shown(keer: EersteKeer) -> tuple[EersteKeer, str]:
    return keer, LANGUAGES.get(keer.language, keer.language)


def _spoken(toeleider: Toeleider) -> tuple[Toeleider, str]:
    return toeleider, ", ".join(LANGUAGES.get(one, one) for one in toeleider.languages)


@never_cache
def nieuw(request: SignedInRequest, nis: str) -> HttpResponse:
    here = own_gemeente(request, nis)
    posted = request.POST if request.method == "POST" else None
    form = ToeleiderForm(posted, today=timezone.localdate())
    if form.is_valid():
        added = toeleiders.add(here, form.toeleider(), by=request.user)
        messages.success(request, f"{added} kan nu gevraagd worden.")
        return redirect("toeleiders:gemeente", here.nis)
    context = {"gemeente": here, "form": form}
    status = REFUSED if form.errors else 200
    return render(request, "bewijzen/cms/toeleider_nieuw.html", context, status=status)


@require_POST
def einde(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _toeleider(request, pk)
    toeleiders.end(found, by=request.user, today=timezone.localdate())
    messages.success(request, f"{found} wordt niet meer gevraagd.")
    return redirect("toeleiders:gemeente", found.gemeente.nis)


@never_cache
@require_POST
def kaart(request: SignedInRequest, pk: int) -> HttpResponse:
    """A sheet with a code, for a toeleider without e-mail. Shown once: only a hash is kept."""
    found = _toeleider(request, pk)
    if not permissions.can_hand_out_toeleider_code(request.user, found):
        messages.error(
            request,
            f"Voor {found} kan je geen kaart afdrukken. Wie een e-mailadres heeft, krijgt de "
            "code per e-mail.",
        )
        return redirect("toeleiders:gemeente", found.gemeente.nis)
    code = codes.hand_out(found.user, by=request.user, now=timezone.now())
    language = found.user.language
    shown = language if language in dict(settings.LANGUAGES) else "nl"
    address = f"{settings.BASE_URL}/{shown}/activeer/".removeprefix("https://")
    context = {"toeleider": found, "code": code, "address": address}
    return render(request, "bewijzen/cms/toeleider_kaart.html", context)


@never_cache
def keer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One first time together: who comes along, when and where."""
    found = _keer(request, pk)
    now = timezone.localtime()
    posted = request.POST if request.method == "POST" else None
    form = PlanForm(posted, keer=found, now=now)
    if form.is_valid():
        try:
            eerste_keer.plan(pk, by=request.user, now=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Bewaard. Beiden krijgen bericht en zeggen of ze kunnen.")
            return redirect("toeleiders:gemeente", found.gemeente.nis)
    return _page(request, found, form, CancelForm())


def _page(
    request: SignedInRequest, found: EersteKeer, form: PlanForm, cancel: CancelForm
) -> HttpResponse:
    context: dict[str, Any] = {
        "keer": found,
        "gemeente": found.gemeente,
        "form": form,
        "cancel": cancel,
        "language": LANGUAGES.get(found.language, found.language),
        "may_be_done": found.at is not None and found.at <= timezone.now(),
    }
    status = REFUSED if form.errors or cancel.errors else 200
    return render(request, "bewijzen/cms/eerste_keer.html", context, status=status)


@require_POST
def afzeggen(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = _keer(request, pk)
    cancel = CancelForm(request.POST)
    if cancel.is_valid():
        try:
            reason = cancel.cleaned_data["reason"]
            eerste_keer.cancel(pk, reason, by=request.user, now=timezone.now())
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, "Afgezegd. De anderen krijgen bericht.")
        return redirect("toeleiders:gemeente", found.gemeente.nis)
    return _page(request, found, PlanForm(keer=found, now=timezone.localtime()), cancel)


@require_POST
def gedaan(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = _keer(request, pk)
    try:
        eerste_keer.done(pk, by=request.user, now=timezone.now())
        messages.success(request, "Bewaard: ze gingen samen.")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("toeleiders:gemeente", found.gemeente.nis)
