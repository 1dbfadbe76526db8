"""Several people on one phone: who is it, the PIN, and the phones of one person."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bewijzen import phone_sessions, phones
from bewijzen.forms import DIGITS
from bewijzen.models import Aanmelding, Pictogram, Traject
from bewijzen.refusals import Refusal
from bewijzen.web import for_inburgeraars, language_of, next_of, private, url_in, with_next
from gemeenten.acting import SignedInRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class PinField(forms.CharField):
    """Digits of any script. They show as dots, on the keyboard for numbers."""

    def __init__(self, label: "StrOrPromise") -> None:
        super().__init__(
            label=label,
            max_length=20,
            widget=forms.PasswordInput(attrs={**DIGITS, "class": "code"}),
            error_messages={
                "required": gettext_lazy("Typ de cijfers van je PIN."),
                "max_length": gettext_lazy("Een PIN heeft 4, 5 of 6 cijfers."),
                "null_characters_not_allowed": gettext_lazy("Typ alleen cijfers."),
            },
        )


class PinForm(forms.Form):
    pin = PinField(gettext_lazy("Je PIN"))


class NewPinForm(forms.Form):
    """The old one only when there is one; the new one twice, because it shows as dots."""

    current = PinField(gettext_lazy("Je PIN van nu"))
    pin = PinField(gettext_lazy("Je nieuwe PIN"))
    again = PinField(gettext_lazy("Nog eens dezelfde cijfers"))
    pictogram = forms.ChoiceField(choices=Pictogram.choices)

    def __init__(self, data: QueryDict | None = None, *, row: Aanmelding) -> None:
        super().__init__(data, initial={"pictogram": row.pictogram})
        if not row.pin_hash:
            del self.fields["current"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if "pin" in cleaned and "again" in cleaned and cleaned["pin"] != cleaned["again"]:
            self.add_error("again", _("Dit zijn andere cijfers. Typ ze twee keer hetzelfde."))
        return cleaned


@private("GET")
def wie(request: HttpRequest) -> HttpResponse:
    """Who has this phone now? Everybody with a PIN on it, by first name and pictogram."""
    people = phones.behind_pin(phone_sessions.token_of(request))
    back = next_of(request)
    if not people:
        return redirect(with_next(url_in(request.LANGUAGE_CODE, "bewijzen:activeer"), back))
    return render(request, "bewijzen/mijn/wie.html", {"people": people, "next": back})


@private("GET", "POST")
def wie_pin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The PIN of one of them."""
    token = phone_sessions.token_of(request)
    found = [(row, name) for row, name in phones.behind_pin(token) if row.pk == pk]
    if not found:
        raise Http404
    row, name = found[0]
    form = PinForm(request.POST if request.method == "POST" else None)
    context = {"row": row, "name": name, "form": form, "next": next_of(request)}
    if not form.is_valid():
        context["is_blocked"] = not phones.tries_left(row)
        return render(
            request, "bewijzen/mijn/wie_pin.html", context, status=422 if form.is_bound else 200
        )
    try:
        user = phones.check_pin(pk, token, form.cleaned_data["pin"])
    except Refusal as refusal:
        row.refresh_from_db(fields=["pin_wrong"])
        context.update(
            sentence=refusal.sentence,
            is_blocked=refusal.code == "pin_blocked",
            left=phones.tries_left(row),
        )
        status = 429 if refusal.code == "pin_blocked" else 422
        return render(request, "bewijzen/mijn/wie_pin.html", context, status=status)
    get_adapter(request).login(request, user)
    return redirect(next_of(request) or url_in(language_of(user), "bewijzen:mijn"))


@private("POST")
@for_inburgeraars
def vergrendel(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """Lock: nobody is signed in, the PIN opens it again. Without a PIN one is asked for first."""
    row = phone_sessions.current(request)
    if row is None or not row.pin_hash:
        return redirect("bewijzen:mijn_pin")
    phones.lock(row)
    request.session.flush()
    return redirect("bewijzen:wie")


@private("GET", "POST")
@for_inburgeraars
def pin(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """Choose a PIN for this phone, or another one."""
    row = _row(request)
    form = NewPinForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        try:
            _prove(row, request, form.cleaned_data.get("current", ""))
            phones.set_pin(row, form.cleaned_data["pin"], pictogram=form.cleaned_data["pictogram"])
        except Refusal as refusal:
            form.add_error(_field_of(refusal), refusal.sentence)
        else:
            phone_sessions.follow_pin(request, row)
            messages.success(request, _("Je PIN is bewaard. Alleen jij kent hem."))
            return redirect("bewijzen:mijn_gegevens")
    return _pin_page(request, row, form)


@private("POST")
@for_inburgeraars
def pin_weg(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """No PIN any more on this phone; with the PIN itself."""
    row = _row(request)
    try:
        _prove(row, request, request.POST.get("pin", "")[:20])
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("bewijzen:mijn_pin")
    phones.remove_pin(row)
    phone_sessions.follow_pin(request, row)
    messages.success(request, _("Je PIN is weg op deze telefoon."))
    return redirect("bewijzen:mijn_gegevens")


@private("POST")
@for_inburgeraars
def afmelden(request: SignedInRequest, traject: Traject, pk: UUID) -> HttpResponse:
    """Sign out another phone of mine."""
    here = phone_sessions.current(request)
    for row in phones.of_user(request.user):
        if row.pk == pk and (here is None or row.pk != here.pk):
            phones.sign_out(row, now=timezone.now())
            messages.success(request, _("Die telefoon is afgemeld."))
            return redirect("bewijzen:mijn_gegevens")
    raise Http404


def _row(request: SignedInRequest) -> Aanmelding:
    """Where this person is signed in. A session from before phones were known gets its row now."""
    row = phone_sessions.current(request)
    if row is None or not phone_sessions.token_of(request):
        row = phone_sessions.know(request, request.user)
    return row


def _prove(row: Aanmelding, request: SignedInRequest, pin: str) -> None:
    """Who changes a PIN knows it: an open phone in other hands changes nothing."""
    if row.pin_hash:
        phones.check_pin(row.pk, phone_sessions.token_of(request), pin)
        row.pin_wrong = 0


def _field_of(refusal: Refusal) -> str | None:
    if refusal.code in {"pin_wrong", "pin_blocked"}:
        return "current"
    return "pin"


def _pin_page(request: SignedInRequest, row: Aanmelding, form: NewPinForm) -> HttpResponse:
    chosen = form["pictogram"].value()
    tiles = [(choice, choice.icon, choice.value == chosen) for choice in Pictogram]
    context = {"form": form, "row": row, "tiles": tiles}
    status = 422 if form.is_bound else 200
    return render(request, "bewijzen/mijn/pin.html", context, status=status)
