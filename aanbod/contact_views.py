"""Contact persons in the CMS: our own views, because Wagtail pages never relate to them
(model.md). Staff of another gemeente get 404, as if it were not there."""

from datetime import date, datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from aanbod import contacts, delivery, permissions
from aanbod.contact_forms import ContactForm, EndForm, NewContactForm, initial_of
from aanbod.models import ActiviteitContact, ActiviteitPage, Contactpersoon
from gemeenten import codes, outbox
from gemeenten.models import Gemeente, User

A_PAGE = 100


class StaffRequest(HttpRequest):
    """Wagtail lets only people into its admin who are signed in."""

    user: User  # type: ignore[assignment]


def _now() -> datetime:
    return timezone.now()


def _today() -> date:
    return timezone.localdate()


def own_gemeente(request: StaffRequest, nis: str) -> Gemeente:
    """The gemeente, when `request.user` looks after its contact persons; else 404."""
    return get_object_or_404(permissions.contact_gemeenten(request.user), nis=nis)


def _contact(request: StaffRequest, pk: int) -> Contactpersoon:
    """A contact person of an organisatie in an own gemeente; else 404. Somebody of an own
    proposal, without organisatie, is not this screen's."""
    rows = Contactpersoon.objects.select_related("gemeente", "organisatie", "user")
    contact = get_object_or_404(rows, pk=pk, organisatie__isnull=False)
    if not permissions.can_edit_contacts(request.user, contact.gemeente):
        raise Http404
    return contact


def _page(request: StaffRequest, page_id: int) -> ActiviteitPage:
    page = get_object_or_404(ActiviteitPage, pk=page_id)
    if not permissions.can_edit_contacts(request.user, page.gemeente):
        raise Http404
    return page


def gemeente(request: StaffRequest, nis: str) -> HttpResponse:
    """The contact persons of a gemeente with their organisatie, those who ended after them."""
    here = own_gemeente(request, nis)
    rows = Contactpersoon.objects.filter(gemeente=here, organisatie__isnull=False)
    rows = rows.select_related("organisatie", "user", "gemeente")
    today = _today()
    valid = set(rows.valid(today).values_list("pk", flat=True))
    ordered = sorted(
        rows.order_by("organisatie__name", "name", "pk"), key=lambda row: row.pk not in valid
    )
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("pagina"))
    found = delivery.of(page, request.user)
    return render(
        request,
        "aanbod/cms/contacten.html",
        {
            "gemeente": here,
            "page": page,
            "people": [(row, found[row.pk]) for row in page if row.pk in valid],
            "others": [row for row in page if row.pk not in valid],
            "today": today,
        },
    )


def add(request: StaffRequest, nis: str) -> HttpResponse:
    """A new contact person, of an organisatie that is known here."""
    here = own_gemeente(request, nis)
    asked = request.GET.get("organisatie", "")
    initial = {"valid_from": _today(), "organisatie": asked if asked.isdecimal() else None}
    form = NewContactForm(request.POST or None, gemeente=here, initial=initial)
    if request.method == "POST" and form.is_valid():
        organisatie = form.cleaned_data["organisatie"]
        contact = contacts.add(here, organisatie, form.contact(), now=_now(), by=request.user)
        messages.success(request, f"{contact} is contactpersoon van {organisatie}.")
        return redirect("contacten:persoon", contact.pk)
    return render(request, "aanbod/cms/contact_nieuw.html", {"gemeente": here, "form": form})


def change(request: StaffRequest, pk: int) -> HttpResponse:
    """One contact person: who it is, whether our mail arrives, and where they stand."""
    contact = _contact(request, pk)
    form = ContactForm(request.POST or None, initial=initial_of(contact))
    if request.method == "POST" and form.is_valid():
        try:
            contacts.change(contact, form.contact(), now=_now(), by=request.user)
        except contacts.ContactRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"De gegevens van {contact} zijn bewaard.")
            return redirect("contacten:persoon", contact.pk)
    return _show(request, pk, form)


def _show(request: StaffRequest, pk: int, form: ContactForm) -> HttpResponse:
    contact = _contact(request, pk)  # as it is kept, whatever was typed
    today = _today()
    attached = ActiviteitContact.objects.filter(contactpersoon=contact)
    return render(
        request,
        "aanbod/cms/contact.html",
        {
            "contact": contact,
            "gemeente": contact.gemeente,
            "form": form,
            "delivery": delivery.of([contact], request.user)[contact.pk],
            "attached": attached.select_related("page").order_by("page__title"),
            "is_valid": Contactpersoon.objects.valid(today).filter(pk=contact.pk).exists(),
            "is_to_come": contact.valid_from > today,
            "can_have_card": permissions.can_hand_out_code(request.user, contact),
        },
    )


def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Asks first: what would be left without a signer, and who takes over."""
    contact = _contact(request, pk)
    today = _today()
    colleagues = contacts.replacements(contact, today=today)
    form = EndForm(request.POST or None, colleagues=colleagues)
    # A button without fields is a form too.
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        replacement = form.cleaned_data["replacement"] if form.is_bound else None
        contacts.end(contact, today=today, replacement=replacement)
        messages.success(request, f"{contact} tekent niet meer. Wat getekend is, blijft.")
        return redirect("contacten:gemeente", contact.gemeente.nis)
    return render(
        request,
        "aanbod/cms/contact_einde.html",
        {
            "contact": contact,
            "form": form,
            "colleagues": colleagues,
            "leaving": contacts.leaving(contact, today=today),
        },
    )


@require_POST
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    contacts.reopen(contact, now=_now(), by=request.user)
    messages.success(request, f"{contact} mag vanaf vandaag weer tekenen.")
    return redirect("contacten:persoon", contact.pk)


@require_POST
def send_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Try once more what could not be sent to this contact person."""
    contact = _contact(request, pk)
    if outbox.send_again(contact.user, contact.gemeente):
        messages.success(request, f"We proberen het bericht aan {contact} opnieuw te versturen.")
    else:
        messages.warning(request, f"Er is geen bericht aan {contact} dat niet aankwam.")
    return redirect("contacten:persoon", contact.pk)


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
    """Who stands for one activity: first, or as a deputy."""
    page = _page(request, page_id)
    today = _today()
    candidates = contacts.candidates(page, today=today)
    if request.method == "POST":
        chosen, deputies = _chosen(request)
        try:
            contacts.attach(page, chosen, deputies, today=today)
        except contacts.ContactRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"De contactpersonen van “{page.title}” zijn bewaard.")
            return redirect("contacten:activiteit", page.pk)
    rows = ActiviteitContact.objects.filter(page=page)
    attached = dict(rows.values_list("contactpersoon", "deputy"))
    return render(
        request,
        "aanbod/cms/contacten_activiteit.html",
        {
            "page": page,
            "gemeente": page.gemeente,
            "candidates": [
                (contact, contact.pk in attached, attached.get(contact.pk, 0))
                for contact in candidates
            ],
            "places": range(1, contacts.DEPUTIES + 1),
        },
    )


def _chosen(request: StaffRequest) -> tuple[set[int], list[int]]:
    """The ticked rows, and the deputies among them in their order; -1, which nobody has, for
    what is not a number."""
    chosen, places = set(), []
    for text in request.POST.getlist("contact")[:1000]:
        is_number = text.isascii() and text.isdigit() and len(text) < 19
        pk = int(text) if is_number else -1
        chosen.add(pk)
        place = request.POST.get(f"plaats-{pk}", "0")
        if place in {str(number) for number in range(1, contacts.DEPUTIES + 1)}:
            places.append((int(place), pk))
    return chosen, [pk for _, pk in sorted(places)]
