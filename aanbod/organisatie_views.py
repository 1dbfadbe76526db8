"""Organisations in the CMS, with their people of one gemeente. Staff of another gemeente get 404,
as if it were not there."""

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from aanbod import delivery, invallers, organisaties, permissions
from aanbod.contact_forms import (
    InvallerForm,
    NewOrganisatieForm,
    OrganisatieForm,
    SharedOrganisatieForm,
)
from aanbod.contact_views import StaffRequest, own_gemeente
from aanbod.models import Contactpersoon, Invaller, Organisatie
from gemeenten import codes
from gemeenten.models import Gemeente, GemeentePage

A_PAGE = 50
LAST_STAND_INS = 20


def index(request: StaffRequest) -> HttpResponse:
    """To one's gemeente, or a choice between several."""
    gemeenten = list(permissions.contact_gemeenten(request.user))
    if not gemeenten:
        raise Http404
    if len(gemeenten) == 1:
        return redirect("contacten:organisaties", gemeenten[0].nis)
    return render(request, "aanbod/cms/contacten_keuze.html", {"gemeenten": gemeenten})


def _here(gemeente: Gemeente, pk: int) -> Organisatie:
    """An organisatie that is active in the gemeente; else 404."""
    return get_object_or_404(organisaties.in_gemeente(gemeente), pk=pk)


def listing(request: StaffRequest, nis: str) -> HttpResponse:
    """The organisations of a gemeente, with how many people and activities they have there."""
    here = own_gemeente(request, nis)
    text = request.GET.get("q", "")
    landing = GemeentePage.objects.filter(gemeente=here).first()
    path = landing.path if landing else "-"
    people = Q(contactpersonen__gemeente=here) & _valid("contactpersonen__")
    rows = organisaties.search(organisaties.in_gemeente(here), text).annotate(
        people=Count("contactpersonen", people, distinct=True),
        activities=Count("activiteiten", Q(activiteiten__path__startswith=path), distinct=True),
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "aanbod/cms/organisaties.html",
        {"gemeente": here, "page": page, "q": text.replace("\x00", "")[:120]},
    )


def _valid(prefix: str) -> Q:
    today = timezone.localdate()
    return Q(**{f"{prefix}valid_from__lte": today, f"{prefix}user__is_active": True}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": today})
    )


def add(request: StaffRequest, nis: str) -> HttpResponse:
    """Look-alikes first, so that none is written down twice; then the new one."""
    here = own_gemeente(request, nis)
    form = NewOrganisatieForm(request.POST or None)
    found: list[Organisatie] = []
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        found = organisaties.alike(facts.name, facts.register_code)
        if not found or form.cleaned_data["is_new"]:
            try:
                organisatie = organisaties.make(here, facts, by=request.user)
            except organisaties.OrganisatieRefused as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(request, f"{organisatie} staat nu in de lijst.")
                return redirect("contacten:organisatie", here.nis, organisatie.pk)
    context = {"gemeente": here, "form": form, "found": found}
    return render(request, "aanbod/cms/organisatie_nieuw.html", context)


@require_POST
def adopt(request: StaffRequest, nis: str, pk: int) -> HttpResponse:
    """“It is this one”: an organisatie that is known elsewhere, from now on here too."""
    here = own_gemeente(request, nis)
    organisatie = get_object_or_404(Organisatie, pk=pk)
    organisaties.adopt(here, organisatie)
    messages.success(request, f"{organisatie} staat nu in de lijst van {here}.")
    return redirect("contacten:organisatie", here.nis, organisatie.pk)


def show(request: StaffRequest, nis: str, pk: int) -> HttpResponse:
    """One organisatie, with its people, activities and stand-ins here."""
    here = own_gemeente(request, nis)
    organisatie = _here(here, pk)
    people = Contactpersoon.objects.filter(gemeente=here, organisatie=organisatie)
    people = people.valid(timezone.localdate()).select_related("user").order_by("name", "pk")
    rows = Invaller.objects.filter(gemeente=here, organisatie=organisatie)
    rows = rows.select_related("user", "page", "named_by").order_by("-day", "-pk")
    stand_ins = list(rows[:LAST_STAND_INS])
    found, told = delivery.of(people, request.user), delivery.of(stand_ins, request.user)
    return render(
        request,
        "aanbod/cms/organisatie.html",
        {
            "gemeente": here,
            "organisatie": organisatie,
            "people": [(row, found[row.pk]) for row in people],
            "activities": invallers.activities(here, organisatie),
            "stand_ins": [(row, told[row.pk]) for row in stand_ins],
            "today": timezone.localdate(),
            "can_edit": permissions.can_edit_organisatie(request.user, organisatie, here),
        },
    )


def change(request: StaffRequest, nis: str, pk: int) -> HttpResponse:
    """The public facts. Of one that is active elsewhere too, said and asked."""
    here = own_gemeente(request, nis)
    organisatie = _here(here, pk)
    if not permissions.can_edit_organisatie(request.user, organisatie, here):
        raise Http404
    is_shared = organisaties.is_shared(organisatie, here)
    names = ("name", "website", "register_code")
    initial = {name: getattr(organisatie, name) for name in names}
    form = (SharedOrganisatieForm if is_shared else OrganisatieForm)(
        request.POST or None, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            organisaties.change(organisatie, form.facts(), by=request.user)
        except organisaties.OrganisatieRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, f"De gegevens van {organisatie} zijn bewaard.")
            return redirect("contacten:organisatie", here.nis, organisatie.pk)
    context = {
        "gemeente": here,
        "organisatie": Organisatie.objects.get(pk=pk),
        "form": form,
        "is_shared": is_shared,
        "others": organisaties.others_in_public(organisatie, here),
    }
    return render(request, "aanbod/cms/organisatie_wijzig.html", context)


def stand_in(request: StaffRequest, nis: str, pk: int) -> HttpResponse:
    """Name somebody for one day."""
    here = own_gemeente(request, nis)
    organisatie = _here(here, pk)
    form = InvallerForm(
        request.POST or None,
        pages=invallers.activities(here, organisatie),
        initial={"day": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            named = invallers.name(
                here, organisatie, form.invaller(), by=request.user, now=timezone.now()
            )
        except invallers.InvallerRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{named} valt in op {date_format(named.day, 'j F Y')}.")
            return redirect("contacten:organisatie", here.nis, organisatie.pk)
    context = {
        "gemeente": here,
        "organisatie": organisatie,
        "form": form,
        "days": settings.INVALLER_DAYS,
    }
    return render(request, "aanbod/cms/invaller_nieuw.html", context)


def _stand_in(request: StaffRequest, pk: int) -> Invaller:
    rows = Invaller.objects.select_related("gemeente", "organisatie", "user", "page")
    found = get_object_or_404(rows, pk=pk)
    if not permissions.can_edit_contacts(request.user, found.gemeente):
        raise Http404
    return found


@require_POST
def end_stand_in(request: StaffRequest, pk: int) -> HttpResponse:
    found = _stand_in(request, pk)
    if invallers.end(found, by=request.user, now=timezone.now()):
        messages.success(request, f"{found} valt niet meer in. Wat getekend is, blijft.")
    else:
        messages.warning(request, f"{found} viel al niet meer in.")
    return redirect("contacten:organisatie", found.gemeente.nis, found.organisatie_id)


@never_cache
@require_POST
def stand_in_card(request: StaffRequest, pk: int) -> HttpResponse:
    """A sheet with a code, shown once."""
    found = _stand_in(request, pk)
    if not permissions.can_hand_out_stand_in_code(request.user, found):
        messages.error(
            request,
            f"Voor {found} kan je geen kaart afdrukken. Wie een e-mailadres heeft, krijgt de "
            "code per e-mail.",
        )
        return redirect("contacten:organisatie", found.gemeente.nis, found.organisatie_id)
    code = codes.hand_out(found.user, by=request.user, now=timezone.now())
    address = f"{settings.BASE_URL}/{found.language}/activeer/"
    return render(
        request,
        "aanbod/cms/kaart.html",
        {
            "contact": found,
            "day": found.day,
            "code": code,
            "address": address.removeprefix("https://"),
        },
    )
