"""Everything about me: see it, take it along, correct it."""

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bewijzen import about_me, corrections, phone_sessions, phones, wishes
from bewijzen.forms import CodeForm
from bewijzen.models import Aanmelding, Traject
from bewijzen.refusals import Refusal
from bewijzen.web import count_wrong, for_inburgeraars, may_try, private, url_in
from gemeenten.acting import SignedInRequest

#: In the session: the address that waits for its code.
PENDING = "nieuw_adres"
CODE_SECONDS = 15 * 60
CODE_TRIES = 5


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Hoe moet je naam op het bewijs staan?"),
        max_length=corrections.MAX_NAME,
        error_messages={
            "required": gettext_lazy("Schrijf je naam."),
            "max_length": gettext_lazy("Deze naam is te lang voor het bewijs."),
            "null_characters_not_allowed": gettext_lazy("Schrijf je naam met letters."),
        },
    )


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Schrijf je e-mailadres."),
            "invalid": gettext_lazy("Dit is geen e-mailadres. Kijk het na."),
            "max_length": gettext_lazy("Dit adres is te lang."),
            "null_characters_not_allowed": gettext_lazy("Dit is geen e-mailadres. Kijk het na."),
        },
    )


@private("GET")
@for_inburgeraars
def gegevens(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """What is stored about me, in words, with what I can change beside it."""
    return _page(request, traject)


@private("GET")
@for_inburgeraars
def gegevens_json(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """All of it as a file; docs/gegevens.md describes the keys."""
    content = about_me.everything(request.user, now=timezone.now())
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens-veertig.json"'
    return response


@private("POST")
@for_inburgeraars
def naam(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """Ask for another name on the bewijs."""
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            corrections.ask_name(
                traject, form.cleaned_data["name"], by=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(request, _("Je trajectbegeleider weet het, en kijkt het na."))
            return redirect("bewijzen:mijn_gegevens")
    return _page(request, traject, name_form=form, status=422)


@private("POST")
@for_inburgeraars
def taal(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """Pages and messages in another language from now on."""
    chosen = request.POST.get("taal", "")
    try:
        corrections.set_language(request.user, chosen)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("bewijzen:mijn_gegevens")
    return redirect(url_in(chosen, "bewijzen:mijn_gegevens"))


@private("POST")
@for_inburgeraars
def herinner(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """A word the evening before, or none."""
    wanted = request.POST.get("herinner") == "ja"
    corrections.set_reminders(request.user, wanted)
    if wanted:
        messages.success(request, _("Goed. Je krijgt de avond vooraf een bericht."))
    else:
        messages.success(request, _("Goed. Je krijgt geen herinneringen meer."))
    return redirect("bewijzen:mijn_gegevens")


@private("POST")
@for_inburgeraars
def wensen_weg(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """Forget what was chosen in the planner."""
    wishes.forget(traject)
    messages.success(request, _("Je keuze is gewist."))
    return redirect("bewijzen:mijn_gegevens")


@private("POST")
@for_inburgeraars
def adres(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """Another address: a code goes to it first. The answer is the same for a taken one."""
    form = EmailForm(request.POST)
    if not form.is_valid():
        return _page(request, traject, email_form=form, status=422)
    if not may_try(request, "adres"):
        form.add_error("email", _("Je vroeg al een paar codes. Wacht een uur."))
        return _page(request, traject, email_form=form, status=429)
    count_wrong(request, "adres")
    code = f"{secrets.randbelow(10**6):06d}"
    email = form.cleaned_data["email"]
    request.session[PENDING] = {
        "email": email,
        "code": _keyed(code),
        "until": timezone.now().timestamp() + CODE_SECONDS,
        "tries": 0,
    }
    _send_code(email, code)
    return redirect("bewijzen:mijn_adres_code")


def _send_code(email: str, code: str) -> None:
    """At once, not queued; the code stands in the text only."""
    text = _(
        "Je code is %(code)s. Typ ze in Veertig om dit adres te bewaren. Vroeg jij dit niet? Dan "
        "hoef je niets te doen."
    )
    EmailMessage(_("Je code voor Veertig"), text % {"code": code}, to=[email]).send(
        fail_silently=True
    )


@private("GET", "POST")
@for_inburgeraars
def adres_code(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """The code that came by mail; with it the address is kept."""
    pending = _pending(request)
    if pending is None:
        messages.error(request, _("Deze code werkt niet meer. Vul je adres opnieuw in."))
        return redirect("bewijzen:mijn_gegevens")
    form = CodeForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "email": pending["email"]}
    if form.is_valid():
        pending["tries"] += 1
        request.session.modified = True
        if not constant_time_compare(_keyed(form.cleaned_data["code"]), pending["code"]):
            form.add_error("code", _("Deze code klopt niet. Kijk in de mail en typ ze opnieuw."))
        else:
            del request.session[PENDING]
            if corrections.set_email(request.user, pending["email"]):
                messages.success(request, _("Je adres is bewaard."))
            else:
                messages.error(request, Refusal("email_taken").sentence)
            return redirect("bewijzen:mijn_gegevens")
    status = 422 if form.is_bound else 200
    return render(request, "bewijzen/mijn/adres_code.html", context, status=status)


def _pending(request: SignedInRequest) -> dict[str, Any] | None:
    pending = request.session.get(PENDING)
    if not pending or pending["tries"] >= CODE_TRIES:
        return None
    return pending if pending["until"] > timezone.now().timestamp() else None


def _keyed(code: str) -> str:
    return salted_hmac("bewijzen.adres", code, algorithm="sha256").hexdigest()


@private("POST")
@for_inburgeraars
def adres_weg(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """No mail any more."""
    corrections.forget_email(request.user)
    messages.success(request, _("Je adres is gewist. Je leest je berichten hier."))
    return redirect("bewijzen:mijn_gegevens")


def _page(
    request: SignedInRequest,
    traject: Traject,
    *,
    name_form: NameForm | None = None,
    email_form: EmailForm | None = None,
    status: int = 200,
) -> HttpResponse:
    inburgeraar = traject.inburgeraar
    about = about_me.everything(request.user, now=timezone.now())
    here = phone_sessions.current(request)
    context = {
        "traject": traject,
        "inburgeraar": inburgeraar,
        "about": about,
        "counts": _counts(about),
        "name_form": name_form or NameForm(initial={"name": inburgeraar.name}),
        "email_form": email_form or EmailForm(),
        "languages": settings.LANGUAGES,
        "phones": [(row, here is not None and row.pk == here.pk) for row in _phones(request)],
        "has_pin": bool(here and here.pin_hash),
    }
    return render(request, "bewijzen/mijn/gegevens.html", context, status=status)


def _phones(request: SignedInRequest) -> list[Aanmelding]:
    return phones.of_user(request.user)


def _counts(about: dict[str, Any]) -> list[tuple[object, int]]:
    """How many rows of what else there is, for the page; the file has them all."""
    words = {
        "deelnames": gettext_lazy("activiteiten"),
        "regels": gettext_lazy("lijnen met uren"),
        "verzoeken": gettext_lazy("keren dat je noteerde: ik was er"),
        "voorstellen": gettext_lazy("eigen voorstellen"),
        "zoekvragen": gettext_lazy("vragen aan een gemeente"),
        "eerste_keren": gettext_lazy("keren dat iemand meegaat"),
        "favorieten": gettext_lazy("activiteiten in je lijst"),
        "berichten": gettext_lazy("berichten aan jou"),
        "stappen": gettext_lazy("stappen in je dossier"),
        "kaarten": gettext_lazy("kaarten met je code"),
    }
    return [(word, len(about[key])) for key, word in words.items()]
