"""The message form of an activity: a visitor writes, the contact persons read."""

from typing import Any
from uuid import uuid4

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from aanbod import ready, vragen
from aanbod.models import ActiviteitPage
from aanbod.vragen import Nobody, TooMany, Vraag
from gemeenten.sign_in import ascii_digits

#: In ACCOUNT_RATE_LIMITS: for one visitor, whatever they ask.
ACTION = "vraag"
BUSY = _("Er zijn vandaag al veel berichten verstuurd. Probeer het morgen nog eens.")
NOBODY = _("Hier leest nu niemand berichten. Vraag het aan de gemeente.")
NO_REPLY = _("Dit is geen e-mailadres en geen telefoonnummer. Kijk het na.")


class VraagForm(forms.Form):
    intent = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Je vraag"),
        help_text=_("In het Nederlands als het lukt. Je eigen taal mag ook."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf je vraag.")},
    )
    name = forms.CharField(
        label=_("Je voornaam"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    reply = forms.CharField(
        label=_("Je telefoonnummer of e-mailadres"),
        help_text=_("Zonder dit kan niemand je antwoorden."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    #: People don't see this field; a program that fills in everything does.
    website = forms.CharField(required=False)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_reply(self) -> str:
        reply = " ".join(self.cleaned_data["reply"].split())
        if "@" in reply:
            try:
                validate_email(reply)
            except ValidationError:
                raise ValidationError(NO_REPLY) from None
        elif reply and not 8 <= len(ascii_digits(reply)) <= 16:
            raise ValidationError(NO_REPLY)
        return reply

    def vraag(self) -> Vraag:
        data = self.cleaned_data
        return Vraag(data["text"], data["name"], data["reply"])


@require_http_methods(["GET", "HEAD", "POST"])
def vraag(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, and what came of it."""
    page = get_object_or_404(ActiviteitPage.objects.live().select_related("organisatie"), pk=pk)
    response = _send(request, page) if request.method == "POST" else _ask(request, page)
    patch_cache_control(response, no_store=True, private=True)
    return response


def _ask(request: HttpRequest, page: ActiviteitPage) -> HttpResponse:
    now = timezone.now()
    if "verstuurd" in request.GET:
        return _page(request, page, None, is_sent=True)
    if not vragen.receivers(page, now=now):
        return _page(request, page, None, refusal=NOBODY)
    first = {"intent": uuid4(), "text": ready.message(page, now=now)}
    return _page(request, page, VraagForm(initial=first))


def _send(request: HttpRequest, page: ActiviteitPage) -> HttpResponse:
    form = VraagForm(request.POST)
    if not form.is_valid():
        return _page(request, page, form, status=422)
    if not form.cleaned_data["website"]:
        if not ratelimit.consume(request, action=ACTION):
            return _page(request, page, form, refusal=BUSY, status=429)
        try:
            intent = form.cleaned_data["intent"]
            vragen.send(page, form.vraag(), intent=intent, now=timezone.now())
        except TooMany:
            return _page(request, page, form, refusal=BUSY, status=429)
        except Nobody:
            return _page(request, page, None, refusal=NOBODY, status=422)
    return redirect(f"{request.path}?verstuurd")


def _page(
    request: HttpRequest,
    page: ActiviteitPage,
    form: VraagForm | None,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    landing = page.get_parent().specific
    context |= {"page": page, "form": form, "landing": landing}
    return render(request, "aanbod/vraag.html", context, status=status)
