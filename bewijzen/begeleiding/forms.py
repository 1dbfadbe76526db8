"""What the trajectbegeleider fills in."""

from collections import defaultdict
from typing import Any

from django import forms

from bewijzen import permissions
from bewijzen.dossier import NewDossier
from bewijzen.forms import DAY_FORMATS, IntentForm
from bewijzen.models import Deelname, Traject
from bewijzen.refusals import MAX_REASON, SENTENCES
from gemeenten.models import Agentschap, Gemeente, User

#: The public languages (domain.md), in Dutch and as the reader knows them.
LANGUAGES = {
    "nl": "Nederlands",
    "en": "Engels (English)",
    "fr": "Frans (français)",
    "ar": "Arabisch (العربية)",
    "tr": "Turks (Türkçe)",
    "fa": "Dari of Perzisch (فارسی)",
    "ps": "Pasjtoe (پښتو)",
    "uk": "Oekraïens (українська)",
    "ro": "Roemeens (română)",
    "bg": "Bulgaars (български)",
    "pl": "Pools (polski)",
    "es": "Spaans (español)",
    "ti": "Tigrinya (ትግርኛ)",
    "so": "Somali (Soomaali)",
}
EMPTY = "Vul dit in."
NO_DATE = "Schrijf de datum zo: dag/maand/jaar, bijvoorbeeld 31/12/2025."
LANGUAGES_FIRST = [("", "Kies een taal"), *LANGUAGES.items()]


def _day(*, needed: Any = EMPTY, **attributes: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
        input_formats=DAY_FORMATS,
        error_messages={"required": needed, "invalid": NO_DATE},
        **attributes,
    )


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Zoek op naam of dossiernummer",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    toestand = forms.ChoiceField(
        label="Toestand",
        choices=[("", "Alle"), *Traject.State.choices],
        required=False,
    )


class JudgeForm(forms.Form):
    """Fits or not (R6); a no has a reason, and the day up to which hours still count."""

    use_required_attribute = False

    verdict = forms.ChoiceField(
        choices=[
            (Deelname.Judgement.PAST.value, "past"),
            (Deelname.Judgement.PAST_NIET.value, "past niet"),
        ]
    )
    reason = forms.CharField(
        label="Waarom past dit niet?",
        help_text="De inburgeraar leest dit ook.",
        max_length=MAX_REASON,
        error_messages={"required": SENTENCES["needs_reason"]},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = _day(
        label="Tot en met welke dag tellen de uren?",
        help_text="Wat al getekend is, blijft altijd tellen.",
        needed=SENTENCES["needs_day"],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("verdict") == Deelname.Judgement.PAST:
            self.fields["reason"].required = self.fields["until"].required = False

    def clean(self) -> dict[str, Any] | None:
        if "verdict" in self.errors:
            self.add_error(None, "Kies of dit past of niet past.")
        return super().clean()


class WithdrawForm(IntentForm):
    use_required_attribute = False

    reason = forms.CharField(
        label="Waarom trek je deze uren in?",
        help_text="De inburgeraar leest dit ook.",
        max_length=MAX_REASON,
        error_messages={"required": SENTENCES["needs_reason"]},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NewDossierForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(
        label="Naam",
        help_text="Zoals de naam op het bewijs moet staan.",
        max_length=120,
        error_messages={"required": EMPTY},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reference = forms.CharField(
        label="Dossiernummer",
        help_text="Het nummer van je agentschap. Geen rijksregisternummer.",
        max_length=40,
        error_messages={"required": EMPTY},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )
    language = forms.ChoiceField(
        label="Taal",
        help_text="In deze taal krijgt de persoon berichten.",
        choices=LANGUAGES_FIRST,
        error_messages={"required": "Kies een taal.", "invalid_choice": "Kies een taal."},
    )
    gemeente = forms.ModelChoiceField(
        label="Gemeente",
        queryset=Gemeente.objects.none(),
        error_messages={"required": "Kies een gemeente.", "invalid_choice": "Kies een gemeente."},
    )
    started_on = _day(
        label="Start van het inburgeringstraject",
        help_text="Uren tellen vanaf deze dag.",
    )
    email = forms.EmailField(
        label="E-mailadres",
        help_text="Alleen als de persoon dat wil. Zonder e-mail kan alles ook.",
        required=False,
        error_messages={"invalid": "Dit is geen e-mailadres. Kijk het na, of laat het leeg."},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    agentschap = forms.ModelChoiceField(
        label="Agentschap",
        queryset=Agentschap.objects.none(),
        error_messages={
            "required": "Kies een agentschap.",
            "invalid_choice": "Kies een agentschap.",
        },
    )

    def __init__(self, *args: Any, user: User, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gemeenten = Gemeente.objects.existing(today).order_by("province", "name")
        gemeente: Any = self.fields["gemeente"]
        gemeente.queryset = gemeenten
        gemeente.choices = [("", "Kies een gemeente"), *_by_province(gemeenten)]
        own = Agentschap.objects.filter(pk__in=permissions.opens_for(user))
        self.own = list(own)
        if len(self.own) == 1:
            del self.fields["agentschap"]
        else:
            agentschap: Any = self.fields["agentschap"]
            agentschap.queryset = own

    def clean_email(self) -> str | None:
        return self.cleaned_data["email"].lower() or None

    def dossier(self) -> NewDossier:
        return NewDossier(**{"agentschap": self.own[0], **self.cleaned_data})


def _by_province(gemeenten: Any) -> list[tuple[str, list[tuple[int, str]]]]:
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for gemeente in gemeenten:
        groups[gemeente.province].append((gemeente.pk, gemeente.name))
    return list(groups.items())
