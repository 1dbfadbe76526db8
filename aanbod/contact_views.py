"""Contact persons in the CMS: our own views, because Wagtail pages never relate to them
(model.md). Staff of another gemeente get 404, as if it were not there."""

from datetime import date, datetime
from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from aanbod import contacts, permissions
from aanbod.contact_forms import ContactForm
from aanbod.models import ActiviteitContact, ActiviteitPage, Contactpersoon
from gemeenten import codes
from gemeenten.models import Gemeente, User


class StaffRequest(HttpRequest):
    """Wagtail lets only people into its admin who are signed in."""

    user: User  # type: ignore[assignment]


def _now() -> datetime:
    return timezone.now()


def _today() -> date:
    return timezone.localdate()


def _gemeente(request: StaffRequest, nis: str) -> Gemeente:
    return get_object_or_404(permissions.contact_gemeenten(request.user), nis=nis)


def _contact(request: StaffRequest, pk: int) -> Contactpersoon:
    contact = get_object_or_404(Contactpersoon.objects.select_related("gemeente", "user"), pk=pk)
    if not permissions.can_edit_contacts(request.user, contact.gemeente):
        raise Http404
    return contact


def _page(request: StaffRequest, page_id: int) -> ActiviteitPage:
    page = get_object_or_404(ActiviteitPage, pk=page_id)
    if not permissions.can_edit_contacts(request.user, page.gemeente):
        raise Http404
    return page


def index(request: StaffRequest) -> HttpResponse:
    """To one's gemeente, or a choice between several."""
    gemeenten = list(permissions.contact_gemeenten(request.user))
    if not gemeenten:
        raise Http404
    if len(gemeenten) == 1:
        return redirect("contacten:gemeente", gemeenten[0].nis)
    return render(request, "aanbod/cms/contacten_keuze.html", {"gemeenten": gemeenten})


def gemeente(request: StaffRequest, nis: str) -> HttpResponse:
    """The contact persons of a gemeente by organisatie, those who ended apart."""
    here = _gemeente(request, nis)
    rows = Contactpersoon.objects.filter(gemeente=here, organisatie__isnull=False)
    rows = rows.select_related("organisatie", "user", "gemeente")
    rows = rows.order_by("organisatie__name", "name", "pk")
    today = _today()
    valid = set(rows.valid(today).values_list("pk", flat=True))
    current = [row for row in rows if row.pk in valid]
    return render(
        request,
        "aanbod/cms/contacten.html",
        {
            "gemeente": here,
            "groups": [
                (organisatie, list(group))
                for organisatie, group in groupby(current, key=lambda row: row.organisatie)
            ],
            "others": [row for row in rows if row.pk not in valid],
            "today": today,
        },
    )


def add(request: StaffRequest, nis: str) -> HttpResponse:
    here = _gemeente(request, nis)
    form = ContactForm(request.POST or None, gemeente=here, today=_today())
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        organisatie = cleaned["organisatie"] or contacts.named_organisatie(
            cleaned["new_organisatie"], cleaned["website"]
        )
        contact = contacts.add(here, organisatie, form.contact())
        messages.success(request, f"{contact} is contactpersoon van {organisatie}.")
        return redirect("contacten:gemeente", here.nis)
    return render(request, "aanbod/cms/contact_nieuw.html", {"gemeente": here, "form": form})


@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    contacts.end(contact, today=_today())
    messages.success(request, f"{contact} tekent niet meer. Wat getekend is, blijft.")
    return redirect("contacten:gemeente", contact.gemeente.nis)


@never_cache
@require_POST
def card(request: StaffRequest, pk: int) -> HttpResponse:
    """A sheet with a code, for somebody without e-mail. Shown once: only a hash is kept."""
    contact = _contact(request, pk)
    if not permissions.can_hand_out_code(request.user, contact):
        messages.error(
            request,
            f"Voor {contact} kan je geen kaart afdrukken. Wie een e-mailadres heeft, krijgt de "
            "code per e-mail.",
        )
        return redirect("contacten:gemeente", contact.gemeente.nis)
    code = codes.hand_out(contact.user, by=request.user, now=_now())
    address = f"{settings.BASE_URL}/{contact.language}/activeer/"
    return render(
        request,
        "aanbod/cms/kaart.html",
        {"contact": contact, "code": code, "address": address.removeprefix("https://")},
    )


def activiteit(request: StaffRequest, page_id: int) -> HttpResponse:
    """Who stands for one activity."""
    page = _page(request, page_id)
    today = _today()
    candidates = contacts.candidates(page, today=today)
    if request.method == "POST":
        try:
            contacts.attach(page, _chosen(request), today=today)
        except contacts.ContactRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"De contactpersonen van “{page.title}” zijn bewaard.")
            return redirect("contacten:activiteit", page.pk)
    attached = ActiviteitContact.objects.filter(page=page)
    return render(
        request,
        "aanbod/cms/contacten_activiteit.html",
        {
            "page": page,
            "gemeente": page.gemeente,
            "candidates": candidates,
            "attached": set(attached.values_list("contactpersoon", flat=True)),
        },
    )


def _chosen(request: StaffRequest) -> set[int]:
    """The ticked rows; -1, which nobody has, for what is not a number."""
    ticked = request.POST.getlist("contact")[:1000]
    return {int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else -1 for pk in ticked}
