"""Our own views in the CMS for an editor of the offer. Staff of another gemeente get 404, as if
it were not there."""

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from aanbod import dates, sessies
from aanbod.cms_panels import TEXTS, readability_context
from aanbod.contact_views import StaffRequest
from aanbod.date_forms import MoveForm, ReasonForm
from aanbod.models import ActiviteitPage, Sessie
from gemeenten import boundaries
from gemeenten.permissions import can_edit_offer, can_use_cms
from gemeenten.tree import landing_pages

#: Letters of one text; more is never typed by hand.
LONGEST = 20_000


@require_safe
def new_activity(request: StaffRequest) -> HttpResponse:
    """Straight to an empty form, or a choice between one's gemeenten."""
    landings = list(landing_pages(request.user).order_by("title"))
    if not landings:
        raise Http404
    if len(landings) == 1:
        return redirect("wagtailadmin_pages:add", "aanbod", "activiteitpage", landings[0].pk)
    return render(request, "aanbod/cms/nieuw_keuze.html", {"landings": landings})


@require_POST
def readability(request: StaffRequest) -> HttpResponse:
    """How the texts that are being typed read. Nothing is kept."""
    if not can_use_cms(request.user):
        raise PermissionDenied
    texts = [request.POST.get(name, "")[:LONGEST] for name in TEXTS]
    return render(request, "aanbod/cms/leesbaarheid.html", readability_context(texts))


@require_safe
def boundary(request: StaffRequest, nis: str) -> HttpResponse:
    """The boundary of one gemeente as GeoJSON, to put the pin in."""
    if not can_use_cms(request.user):
        raise PermissionDenied
    feature = boundaries.boundary(nis)
    if feature is None:
        raise Http404
    return JsonResponse(feature)


@never_cache
@require_safe
def coming_dates(request: StaffRequest, page_id: int) -> HttpResponse:
    """The dates to come of one activity, each to cancel, move or restore."""
    return _dates(request, _page(request, page_id))


@require_POST
def change_date(request: StaffRequest, pk: int) -> HttpResponse:
    """Cancel, move or restore one date: the button pressed is the `action`."""
    sessie = get_object_or_404(Sessie.objects.select_related("page"), pk=pk)
    page = _page(request, sessie.page_id)
    action = request.POST.get("action", "")
    form = FORMS.get(action, Form)(request.POST)
    if action not in ACTIONS or not form.is_valid():
        messages.error(request, "De datum is niet veranderd. Kijk na wat je invulde.")
        return _dates(request, page, changed=pk, form=form)
    try:
        done = ACTIONS[action](pk, form)
    except dates.DateRefused as refusal:
        form.add_error(None, str(refusal))
        messages.error(request, f"De datum is niet veranderd. {refusal}")
        return _dates(request, page, changed=pk, form=form)
    messages.success(request, done)
    return redirect("redactie:data", page.pk)


def _cancel(pk: int, form: Form) -> str:
    dates.cancel(pk, form.cleaned_data["reason"], now=timezone.now())
    return "De datum is afgelast. De reden staat op de pagina."


def _move(pk: int, form: Form) -> str:
    given = form.cleaned_data
    dates.move(pk, given["day"], given["start"], given["end"], given["reason"], now=timezone.now())
    return "De datum is verplaatst. De reden staat op de pagina."


def _restore(pk: int, form: Form) -> str:
    if dates.restore(pk, now=timezone.now()):
        return "De datum gaat weer door zoals gepland."
    return "Deze datum hoort niet meer bij de vaste momenten. Ze is weg."


ACTIONS = {"afgelast": _cancel, "verplaats": _move, "herstel": _restore}
FORMS = {"afgelast": ReasonForm, "verplaats": MoveForm}


def _dates(
    request: StaffRequest, page: ActiviteitPage, changed: int = 0, form: Form | None = None
) -> HttpResponse:
    rows = [
        {
            "sessie": sessie,
            "open": sessie.pk == changed,
            "cancel": _form(ReasonForm, sessie, form if sessie.pk == changed else None),
            "move": _form(MoveForm, sessie, form if sessie.pk == changed else None),
        }
        for sessie in dates.coming(page, now=timezone.now())
    ]
    return render(request, "aanbod/cms/data.html", {"page": page, "rows": rows})


def _form(kind: type[Form], sessie: Sessie, sent: Form | None) -> Form:
    """The form that was sent, when it is of this kind; else one with what stands now."""
    if type(sent) is kind:
        return sent
    van = sessie.van.astimezone(sessies.BRUSSELS)
    tot = sessie.tot.astimezone(sessies.BRUSSELS)
    now = {"day": van.date(), "start": van.time(), "end": tot.time(), "reason": sessie.reason}
    return kind(initial=now, auto_id=f"id_{kind.__name__}_{sessie.pk}_%s")


def _page(request: StaffRequest, page_id: int) -> ActiviteitPage:
    page = get_object_or_404(ActiviteitPage, pk=page_id)
    if not can_edit_offer(request.user, page.gemeente):
        raise Http404
    return page
