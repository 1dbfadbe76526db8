"""The wachtrij in the CMS, and the links of organisations. Staff of another gemeente get 404, as
if it were not there."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from aanbod import links, organisaties, permissions, submissions, wachtrij, wording
from aanbod.contact_views import StaffRequest
from aanbod.models import Contactpersoon, Inzending, Organisatie, Organisatielink
from aanbod.waiting import Change, Item, NotApproved
from gemeenten.models import Gemeente
from gemeenten.permissions import can_publish_offer


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Wat wil je dat de organisatie leest?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf wat er anders moet, of waarom het niet past."},
    )


class Group(NamedTuple):
    """The items of one organisatie."""

    name: str
    items: list[Item]
    #: How many can go online with one click.
    ready: int


def _now() -> datetime:
    return timezone.now()


def _gemeente(request: StaffRequest, nis: str) -> Gemeente:
    return get_object_or_404(permissions.queue_gemeenten(request.user), nis=nis)


@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """To one's gemeente, or a choice between several."""
    gemeenten = list(permissions.queue_gemeenten(request.user))
    if not gemeenten:
        raise Http404
    if len(gemeenten) == 1:
        return redirect("wachtrij:gemeente", gemeenten[0].nis)
    return render(request, "aanbod/cms/wachtrij_keuze.html", {"gemeenten": gemeenten})


@never_cache
@require_safe
def gemeente(request: StaffRequest, nis: str) -> HttpResponse:
    """Everything that waits, by organisatie, who waits longest first."""
    here = _gemeente(request, nis)
    items = wachtrij.items(here)
    may_publish = can_publish_offer(request.user, here)
    context = {
        "gemeente": here,
        "groups": _groups(items, may_publish),
        "total": len(items),
        "may_publish": may_publish,
    }
    return render(request, "aanbod/cms/wachtrij.html", context)


def _groups(items: Iterable[Item], may_publish: bool) -> list[Group]:
    found: dict[str, list[Item]] = {}
    for item in items:
        name = item.organisatie.name if item.organisatie else "Zonder organisatie"
        found.setdefault(name, []).append(item)
    return [
        Group(name, rows, sum(row.can_approve for row in rows) if may_publish else 0)
        for name, rows in found.items()
    ]


@require_POST
def approve(request: StaffRequest, nis: str) -> HttpResponse:
    """Put the chosen items online, one or many: the result of each is said."""
    here = _gemeente(request, nis)
    wanted = set(request.POST.getlist("item")[:200])
    chosen = [item for item in wachtrij.items(here) if item.key in wanted]
    for outcome in wachtrij.approve(here, chosen, request.user, _now()):
        if outcome.done:
            messages.success(request, outcome.sentence)
        else:
            messages.error(request, f"“{outcome.title}” is niet goedgekeurd. {outcome.sentence}")
    if len(chosen) < len(wanted):
        messages.error(request, wachtrij.GONE)
    if not wanted:
        messages.error(request, "Duid eerst aan wat je wil goedkeuren.")
    return redirect("wachtrij:gemeente", here.nis)


# -- One submission ---------------------------------------------------------------------------


@never_cache
@require_safe
def submission(request: StaffRequest, nis: str, pk: int) -> HttpResponse:
    """What was sent in, whole, beside what stands there now."""
    here = _gemeente(request, nis)
    return _submission_page(request, here, _waiting(here, pk), ReasonForm())


def _waiting(here: Gemeente, pk: int) -> Inzending:
    rows = Inzending.objects.filter(gemeente=here, state=Inzending.State.INGEDIEND)
    return get_object_or_404(rows.select_related("organisatie", "page"), pk=pk)


def _submission_page(
    request: StaffRequest, here: Gemeente, row: Inzending, form: ReasonForm, status: int = 200
) -> HttpResponse:
    item = next(item for item in submissions.waiting(here) if item.pk == row.pk)
    # It was looked at now: what changed on the page meanwhile no longer stands in the way.
    missing = [one for one in item.missing if one != submissions.STALE]
    context = {
        "gemeente": here,
        "row": row,
        "item": item,
        "missing": missing,
        "is_stale": submissions.STALE in item.missing,
        "now_there": _now_there(row) if submissions.STALE in item.missing else [],
        "values": wording.shown(row.values),
        "form": form,
        "may_publish": can_publish_offer(request.user, here),
    }
    return render(request, "aanbod/cms/inzending.html", context, status=status)


def _now_there(row: Inzending) -> list[Change]:
    """What the gemeente itself changed since the organisation looked."""
    current = submissions.values_of(row.page.get_latest_revision_as_object()) if row.page else {}
    return wording.changes(row.base, current)


@require_POST
def decide(request: StaffRequest, nis: str, pk: int) -> HttpResponse:
    """The button pressed is the `besluit`."""
    here = _gemeente(request, nis)
    row = _waiting(here, pk)
    action, version = request.POST.get("besluit", ""), request.POST.get("version", "")
    try:
        if action in ("goedkeuren", "concept"):
            return _accept(request, here, row, version, publish=action == "goedkeuren")
        if action in _ANSWERS:
            return _answer(request, here, row, version, action)
    except NotApproved as refusal:
        messages.error(request, f"“{row.title}” is niet goedgekeurd. {refusal}")
        return redirect("wachtrij:inzending", here.nis, row.pk)
    except LookupError:
        messages.error(request, wachtrij.GONE)
        return redirect("wachtrij:gemeente", here.nis)
    messages.error(request, "Er is niets veranderd. Kies een van de knoppen.")
    return redirect("wachtrij:inzending", here.nis, row.pk)


def _accept(
    request: StaffRequest, here: Gemeente, row: Inzending, version: str, *, publish: bool
) -> HttpResponse:
    text = request.POST.get("seen", "")
    seen = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
    said = submissions.decide(
        here, row.pk, version, by=request.user, now=_now(), seen=seen, publish=publish
    )
    messages.success(request, said)
    if publish:
        return redirect("wachtrij:gemeente", here.nis)
    made = Inzending.objects.get(pk=row.pk)
    return redirect("wagtailadmin_pages:edit", made.page_id)


_ANSWERS: dict[str, Any] = {"terug": submissions.ask_back, "afwijzen": submissions.decline}


def _answer(
    request: StaffRequest, here: Gemeente, row: Inzending, version: str, action: str
) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _submission_page(request, here, row, form, status=422)
    reason = form.cleaned_data["reason"].strip()
    said = _ANSWERS[action](here, row.pk, version, reason, by=request.user, now=_now())
    messages.success(request, said)
    return redirect("wachtrij:gemeente", here.nis)


# -- Links ------------------------------------------------------------------------------------


@never_cache
@require_safe
def all_links(request: StaffRequest, nis: str) -> HttpResponse:
    """The organisaties of a gemeente, each with or without its link."""
    here = _gemeente(request, nis)
    living = Organisatielink.objects.filter(gemeente=here, withdrawn_at__isnull=True)
    made = dict(living.values_list("organisatie", "made_at"))
    rows = [
        (organisatie, made.get(organisatie.pk))
        for organisatie in organisaties.in_gemeente(here).order_by("name")
    ]
    return render(request, "aanbod/cms/links.html", {"gemeente": here, "rows": rows})


@never_cache
@require_safe
def one_link(request: StaffRequest, nis: str, pk: int) -> HttpResponse:
    """The link itself, to copy, print or mail."""
    here = _gemeente(request, nis)
    organisatie = _organisatie(here, pk)
    link = links.living(organisatie, here)
    people = Contactpersoon.objects.valid().filter(gemeente=here, organisatie=organisatie)
    context = {
        "gemeente": here,
        "organisatie": organisatie,
        "link": link,
        "address": links.url(link) if link else "",
        "people": [one for one in people.select_related("user") if one.user.email],
    }
    return render(request, "aanbod/cms/link.html", context)


def _organisatie(here: Gemeente, pk: int) -> Organisatie:
    return get_object_or_404(organisaties.in_gemeente(here), pk=pk)


@require_POST
def change_link(request: StaffRequest, nis: str, pk: int) -> HttpResponse:
    """Make, renew, withdraw or mail: the button pressed is the `doe`."""
    here = _gemeente(request, nis)
    organisatie = _organisatie(here, pk)
    action, by, now = request.POST.get("doe", ""), request.user, _now()
    if action == "maak":
        links.link_of(organisatie, here, by=by, now=now)
        messages.success(request, "De link is klaar. Kopieer of mail hem.")
    elif action == "vernieuw":
        links.renew(organisatie, here, by=by, now=now)
        messages.success(request, "Er is een nieuwe link. De vorige werkt niet meer.")
    elif action == "trek-in":
        links.withdraw(organisatie, here, now=now)
        messages.success(request, "De link werkt niet meer. Wat al ingediend is, blijft.")
    elif action == "mail":
        _mail(request, here, organisatie)
    else:
        messages.error(request, "Er is niets veranderd. Kies een van de knoppen.")
    return redirect("wachtrij:link", here.nis, organisatie.pk)


def _mail(request: StaffRequest, here: Gemeente, organisatie: Organisatie) -> None:
    text = request.POST.get("contact", "")
    pk = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1
    people = Contactpersoon.objects.valid().filter(gemeente=here, organisatie=organisatie)
    contact = people.select_related("user").filter(pk=pk).first()
    if contact is None:
        messages.error(request, "Kies eerst wie de link krijgt.")
        return
    link = links.link_of(organisatie, here, by=request.user, now=_now())
    try:
        links.mail(link, contact, by=request.user, now=_now())
    except links.LinkRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"De link is onderweg naar {contact}.")
