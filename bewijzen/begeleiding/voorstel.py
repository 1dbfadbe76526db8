"""Own proposals (R5) at the desk: accept, ask back, or decline with a reason."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from aanbod.labels import KENMERKEN
from bewijzen import permissions, voorstellen
from bewijzen.begeleiding.access import desk, posts
from bewijzen.begeleiding.forms import LANGUAGES
from bewijzen.begeleiding.views import PER_PAGE, REFUSED, followed_traject
from bewijzen.models import Deelname, Voorstel
from bewijzen.refusals import MAX_REASON, SENTENCES, Refusal
from bewijzen.voorstel_forms import ContactForm
from bewijzen.web import url_in
from gemeenten.acting import SignedInRequest

ANSWERS = {"ja": "zegt ja", "nee": "zegt nee", "weet_niet": "weet het niet"}
WORDS = {**KENMERKEN, "groep": "Met twee of in groep"}
FIELD_OF_REFUSAL = {
    "needs_contact": "contact_name",
    "own_contact": "contact_name",
    "begeleider_signs": "contact_name",
    "contact_away": "contact_name",
    "below_the_criteria": "reason",
}


class AcceptForm(ContactForm):
    """Who signs, and the kenmerken as the trajectbegeleider sees them."""

    use_required_attribute = False

    kenmerken = forms.MultipleChoiceField(
        choices=[(slug, slug) for slug in voorstellen.SLUGS], required=False
    )
    dutch = forms.CharField(
        label="Wat, in het Nederlands",
        help_text="Zo leest de contactpersoon het, en zo staat het op het bewijs.",
        max_length=voorstellen.DUTCH_CHARACTERS,
        required=False,
    )
    reason = forms.CharField(
        label="Waarom toch?",
        help_text="Alleen als niet alle criteria zijn aangeduid. De inburgeraar leest dit ook.",
        max_length=MAX_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["contact_name"]
        name.label, name.required = "Naam", True
        name.error_messages["required"] = SENTENCES["needs_contact"]
        self.fields["contact_email"].label = "E-mailadres"
        self.fields[
            "contact_email"
        ].help_text = (
            "Deze persoon krijgt een bericht, en tekent de uren op een telefoon of computer."
        )
        self.fields["contact_mobile"].label = "Of gsm-nummer"
        self.fields[
            "contact_mobile"
        ].help_text = "Zonder e-mail tekent deze persoon op papier, of met een kaart."

    def ticked(self) -> set[str]:
        return set(self["kenmerken"].value() or [])


class WordsForm(forms.Form):
    """A question or a reason that the person reads."""

    use_required_attribute = False

    words = forms.CharField(
        max_length=MAX_REASON,
        error_messages={"required": SENTENCES["needs_reason"]},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, label: str, help_text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label, help_text


@desk
def lijst(request: SignedInRequest) -> HttpResponse:
    """What waits for an answer in the own caseload, the oldest first."""
    page = Paginator(voorstellen.waiting(request.user), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    return render(request, "bewijzen/begeleiding/voorstellen.html", {"page": page})


@desk
def een(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """One proposal with the answers of the person; POST accepts, asks back or declines."""
    voorstel = _followed(request, pk)
    if request.method != "POST":
        return _page(request, voorstel)
    what = request.POST.get("antwoord", "")
    if what == "aanvaard":
        return _accept(request, voorstel)
    if what in {"vraag", "wijs_af"}:
        return _say(request, voorstel, what)
    return redirect("begeleiding:voorstel", pk)


@desk
@posts
def code(request: SignedInRequest, pk: UUID, deelname: UUID) -> HttpResponse:
    """A code on paper for who signs an own proposal and has no e-mail; shown once."""
    traject = followed_traject(request, pk)
    rows = Deelname.objects.filter(traject=traject, pk=deelname, page=None, contact__isnull=False)
    found = rows.select_related("contact__user", "contact__gemeente", "traject").first()
    if found is None:
        raise Http404
    try:
        handed = voorstellen.hand_out_code(found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("begeleiding:dossier", pk)
    context = {
        "traject": traject,
        "contact": found.contact,
        "code": handed,
        "days": voorstellen.CODE_DAYS,
        "address": settings.BASE_URL + url_in("nl", "bewijzen:activeer"),
    }
    return render(request, "bewijzen/begeleiding/contactcode.html", context)


def _accept(request: SignedInRequest, voorstel: Voorstel) -> HttpResponse:
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, voorstel, accept=form)
    cleaned = form.cleaned_data
    try:
        voorstellen.accept(
            voorstel.pk,
            form.named(),
            kenmerken=cleaned["kenmerken"],
            reason=cleaned["reason"],
            dutch=cleaned["dutch"],
            by=request.user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(FIELD_OF_REFUSAL.get(refusal.code), refusal.sentence)
        return _page(request, voorstel, accept=form)
    name = voorstel.traject.inburgeraar.first_name
    messages.success(request, f"Aanvaard. {name} krijgt bericht, en {form.named().name} tekent.")
    return redirect("begeleiding:dossier", voorstel.traject_id)


def _say(request: SignedInRequest, voorstel: Voorstel, what: str) -> HttpResponse:
    form = _words_form(what, request.POST)
    if not form.is_valid():
        return _page(request, voorstel, said={what: form})
    rule = voorstellen.ask_back if what == "vraag" else voorstellen.decline
    try:
        rule(voorstel.pk, form.cleaned_data["words"], by=request.user, now=timezone.now())
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, voorstel, said={what: form})
    messages.success(
        request, f"Verstuurd. {voorstel.traject.inburgeraar.first_name} krijgt bericht."
    )
    return redirect("begeleiding:voorstellen")


def _words_form(what: str, data: Any = None) -> WordsForm:
    label = "Wat wil je weten?" if what == "vraag" else "Waarom kan dit niet?"
    help_text = "De inburgeraar leest dit, en past het voorstel aan."
    if what == "wijs_af":
        help_text = "De inburgeraar leest dit. Schrijf kort en vriendelijk."
    return WordsForm(data, label=label, help_text=help_text, auto_id=f"{what}_%s")


def _page(
    request: SignedInRequest,
    voorstel: Voorstel,
    *,
    accept: AcceptForm | None = None,
    said: dict[str, WordsForm] | None = None,
) -> HttpResponse:
    criteria = voorstellen.asked(voorstel)
    yes = [slug for one in criteria for slug, said in one.answers if said == voorstellen.YES]
    initial = {
        "dutch": voorstel.dutch,
        "contact_name": voorstel.contact_name,
        "contact_email": voorstel.contact_email,
        "contact_mobile": voorstel.contact_mobile,
        "kenmerken": yes,
    }
    accept_form = accept or AcceptForm(initial=initial)
    ticked = accept_form.ticked()
    context = {
        "voorstel": voorstel,
        "traject": voorstel.traject,
        "language": LANGUAGES.get(voorstel.language, voorstel.language),
        "criteria": [
            (
                one,
                [
                    (slug, WORDS[slug], ANSWERS.get(said, ""), slug in ticked)
                    for slug, said in one.answers
                ],
            )
            for one in criteria
        ],
        "accept": accept_form,
        "vraag": _words_form("vraag"),
        "wijs_af": _words_form("wijs_af"),
        **(said or {}),
        "dagen": list(voorstel.dagen.all()),
    }
    refused = accept or said
    return render(
        request, "bewijzen/begeleiding/voorstel.html", context, status=REFUSED if refused else 200
    )


def _followed(request: SignedInRequest, pk: UUID) -> Voorstel:
    found = (
        Voorstel.objects.filter(pk=pk, traject__in=permissions.caseload(request.user).values("pk"))
        .select_related("traject__inburgeraar", "traject__gemeente", "deelname", "decided_by")
        .first()
    )
    if found is None:
        raise Http404
    return found
