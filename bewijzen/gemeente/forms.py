"""What colleagues of a gemeente fill in."""

from datetime import date, datetime
from typing import Any

from django import forms

from bewijzen.begeleiding.forms import LANGUAGES
from bewijzen.models import EersteKeer, Toeleider
from bewijzen.toeleiders import NewToeleider
from bewijzen.zoekvragen import MAX_ANSWER, Answer, Reply
from gemeenten import mobile

MOMENT = "%Y-%m-%dT%H:%M"


def _moment(label: str, **attributes: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        input_formats=[MOMENT, "%d/%m/%Y %H:%M", "%d/%m/%Y %H.%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        error_messages={
            "required": "Vul de dag en het uur in.",
            "invalid": "Schrijf het zo: 31/12/2026 19:30.",
        },
        **attributes,
    )


def _day(label: str, **attributes: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **attributes,
    )


def _words(label: str, **attributes: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MAX_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf kort waarom of wat."},
        **attributes,
    )


# -- Answers ---------------------------------------------------------------------------------


class ActivitiesForm(forms.Form):
    text = _words("Een woordje erbij", required=False, help_text="Schrijf kort en eenvoudig.")

    def reply(self, ticked: frozenset[int]) -> Reply:
        return Reply(Answer.ACTIVITEITEN, self.cleaned_data["text"], ticked)


class CallForm(forms.Form):
    called_at = _moment("Wanneer spraken jullie elkaar?")
    text = _words("Wat is er gezegd?", help_text="De vrager leest dit ook.")

    def reply(self, ticked: frozenset[int]) -> Reply:
        cleaned = self.cleaned_data
        return Reply(Answer.GESPREK, cleaned["text"], called_at=cleaned["called_at"])


class NothingForm(forms.Form):
    text = _words(
        "Waarom is er niets?",
        help_text="De vrager leest dit. We tellen het mee in wat er ontbreekt in jullie aanbod.",
    )

    def reply(self, ticked: frozenset[int]) -> Reply:
        return Reply(Answer.NIETS, self.cleaned_data["text"])


ANSWERS: dict[str, type[ActivitiesForm] | type[CallForm] | type[NothingForm]] = {
    Answer.ACTIVITEITEN: ActivitiesForm,
    Answer.GESPREK: CallForm,
    Answer.NIETS: NothingForm,
}


# -- Toeleiders ------------------------------------------------------------------------------


class ToeleiderForm(forms.Form):
    name = forms.CharField(label="Naam", max_length=120)
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        help_text="Geen e-mailadres? Dan druk je na het bewaren een kaart met een code af.",
    )
    mobile = forms.CharField(label="Gsm-nummer", max_length=30, required=False)
    language = forms.ChoiceField(label="Taal van de berichten", choices=[*LANGUAGES.items()])
    languages = forms.MultipleChoiceField(
        label="Spreekt ook",
        choices=[*LANGUAGES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    available = forms.CharField(
        label="Wanneer?", max_length=200, required=False, help_text="Bijvoorbeeld: dinsdagavond."
    )
    valid_from = _day("Vanaf")
    valid_to = _day("Tot en met", required=False, help_text="Leeg: tot je het zelf beëindigt.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"valid_from": today, "language": "nl"}
        super().__init__(*args, **kwargs)

    def clean_mobile(self) -> str:
        typed = self.cleaned_data["mobile"]
        try:
            return mobile.normalised(typed) if typed else ""
        except mobile.NotMobile:
            raise forms.ValidationError(
                "Dit is geen gsm-nummer. Schrijf het zo: 0470 00 00 00."
            ) from None

    def clean(self) -> dict[str, Any]:
        super().clean()
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "De laatste dag ligt voor de eerste. Kies een latere dag.")
        return self.cleaned_data

    def toeleider(self) -> NewToeleider:
        cleaned = self.cleaned_data
        first = cleaned["language"]
        rest = [one for one in cleaned["languages"] if one != first]
        return NewToeleider(
            name=cleaned["name"],
            email=cleaned["email"],
            mobile=cleaned["mobile"],
            languages=(first, *rest),
            available=cleaned["available"],
            valid_from=cleaned["valid_from"],
            valid_to=cleaned["valid_to"],
        )


class PlanForm(forms.Form):
    """Who comes along, when, and where they meet."""

    toeleider = forms.ModelChoiceField(
        label="Wie gaat mee?",
        queryset=Toeleider.everyone.none(),
        empty_label="Kies iemand",
        error_messages={"required": "Kies wie meegaat.", "invalid_choice": "Kies iemand anders."},
    )
    at = _moment("Wanneer spreken ze af?")
    place = forms.CharField(
        label="Waar spreken ze af?",
        max_length=200,
        help_text="Bijvoorbeeld: aan de ingang van de bibliotheek.",
        error_messages={"required": "Schrijf waar ze afspreken."},
    )

    def __init__(self, *args: Any, keer: EersteKeer, now: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"toeleider": keer.toeleider_id, "at": keer.at, "place": keer.place}
        super().__init__(*args, **kwargs)
        toeleider: Any = self.fields["toeleider"]
        toeleider.queryset = Toeleider.objects.valid(now.date()).filter(gemeente=keer.gemeente_id)
        toeleider.label_from_instance = described


def described(toeleider: Toeleider) -> str:
    """ "Rosa: Nederlands, Spaans (español); dinsdagavond"."""
    spoken = ", ".join(LANGUAGES.get(one, one) for one in toeleider.languages)
    return f"{toeleider.name}: {spoken}" + (
        f"; {toeleider.available}" if toeleider.available else ""
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Waarom gaat het niet door?",
        max_length=300,
        help_text="De inburgeraar leest dit.",
        error_messages={"required": "Schrijf kort waarom."},
    )
