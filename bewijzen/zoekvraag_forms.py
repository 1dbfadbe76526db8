"""What somebody who looks for an activity fills in: a few taps (R10)."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aanbod.models import Moment, Soort
from bewijzen.begeleiding.forms import LANGUAGES
from bewijzen.zoekvragen import KM, Agreed, Wishes
from gemeenten.models import Deelgemeente, Gemeente

NOT_READABLE = _("Er staat een teken in dat wij niet kunnen lezen.")
UNKNOWN = _("Dit kennen wij niet. Kies opnieuw.")
NOT_AGREED = (
    "Er staat een naam of een nummer bij. Gaat de persoon akkoord? Duid dat dan aan. Zo niet: "
    "maak die vakken leeg."
)
#: What somebody knows; the values are those of `Taalniveau`, what an activity asks.
KNOWS = [
    ("geen", _("Nog geen")),
    ("a1", _("Een beetje (A1)")),
    ("a2", _("Eenvoudig (A2)")),
    ("b1", _("Goed (B1)")),
]


def _distances() -> list[tuple[Any, str]]:
    """In the language of the page."""
    words = [(km, gettext("%(number)s km") % {"number": km}) for km in KM]
    return [("", gettext("Zo ver als je wil")), *words]


def _text(label: Any, most: int, **attributes: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        error_messages={
            "max_length": _("Dat is te lang. Schrijf het korter."),
            "null_characters_not_allowed": NOT_READABLE,
        },
        **attributes,
    )


class WishesForm(forms.Form):
    """`gemeenten` can be asked; without a choice it is the first one."""

    soorten = forms.MultipleChoiceField(
        label=_("Wat doe je graag?"),
        choices=Soort.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": UNKNOWN},
    )
    moments = forms.MultipleChoiceField(
        label=_("Wanneer kan je?"),
        choices=Moment.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": UNKNOWN},
    )
    children = forms.BooleanField(
        label=_("Ik heb kinderen: er is opvang, of ze mogen mee"), required=False
    )
    taalniveau = forms.ChoiceField(
        label=_("Hoeveel Nederlands ken je?"),
        choices=[("", _("Maakt niet uit")), *KNOWS],
        required=False,
        error_messages={"invalid_choice": UNKNOWN},
    )
    deelgemeente = forms.ModelChoiceField(
        label=_("Waar?"),
        queryset=Deelgemeente.objects.none(),
        required=False,
        empty_label=_("Heel de gemeente"),
        error_messages={"invalid_choice": UNKNOWN},
    )
    km = forms.TypedChoiceField(
        label=_("Hoe ver?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=_distances,
        error_messages={"invalid_choice": UNKNOWN},
    )
    note = _text(
        _("Wil je nog iets zeggen?"),
        300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De gemeente leest dit. Schrijf niets over je gezondheid of je papieren."),
    )
    agreed = forms.BooleanField(
        label=_("Ja, de gemeente mag mijn naam zien en mij bellen"), required=False
    )
    callback = _text(
        _("Je telefoonnummer of e-mailadres"),
        120,
        help_text=_("Alleen als de gemeente je mag bellen."),
    )
    gemeente = forms.ModelChoiceField(
        label=_("Aan welke gemeente vraag je het?"),
        queryset=Gemeente.objects.none(),
        required=False,
        empty_label=None,
        to_field_name="nis",
        error_messages={"invalid_choice": UNKNOWN},
    )

    def __init__(
        self, *args: Any, gemeenten: QuerySet[Gemeente], own: Gemeente, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        fields: dict[str, Any] = self.fields
        fields["gemeente"].queryset = gemeenten
        fields["gemeente"].initial = own.nis
        fields["deelgemeente"].queryset = Deelgemeente.objects.filter(gemeente=own)
        fields["deelgemeente"].label_from_instance = lambda row: row.name

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors and not cleaned["soorten"] and not cleaned["note"]:
            self.add_error("soorten", _("Tik minstens één ding aan, of schrijf wat je zoekt."))
        return cleaned

    def chosen_gemeente(self) -> Gemeente:
        return self.cleaned_data["gemeente"] or self.own

    def wishes(self) -> Wishes:
        cleaned = self.cleaned_data
        return Wishes(
            soorten=tuple(cleaned["soorten"]),
            moments=tuple(cleaned["moments"]),
            deelgemeente=cleaned["deelgemeente"],
            km=cleaned["km"],
            children=cleaned["children"],
            taalniveau=cleaned["taalniveau"],
            note=cleaned["note"],
        )

    def agreement(self, name: str) -> Agreed | None:
        """What the gemeente may see beside the wishes; None without a yes."""
        if not self.cleaned_data["agreed"]:
            return None
        return Agreed(name, self.cleaned_data["callback"])


class ForSomebodyForm(WishesForm):
    """The same, filled in by staff for somebody."""

    LABELS = {
        "soorten": "Wat doet de persoon graag?",
        "moments": "Wanneer kan de persoon?",
        "children": "Er zijn kinderen: er moet opvang zijn, of ze moeten mee mogen",
        "taalniveau": "Hoeveel Nederlands kent de persoon?",
        "note": "Wat zegt de persoon nog?",
        "agreed": "De persoon gaat akkoord dat de gemeente de naam ziet en belt",
        "callback": "Telefoonnummer of e-mailadres",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.LABELS.items():
            self.fields[name].label = label
        self.fields["note"].help_text = "Niets over gezondheid of verblijf."
        self.fields["callback"].help_text = "Alleen als de persoon akkoord gaat."

    def clean(self) -> dict[str, Any]:
        """A number that was typed is kept or refused, never dropped unsaid."""
        cleaned = super().clean()
        if not cleaned.get("agreed") and (cleaned.get("callback") or cleaned.get("name")):
            self.add_error("agreed", NOT_AGREED)
        return cleaned


class DeskForm(ForSomebodyForm):
    """What somebody asked at the desk or by telephone."""

    name = _text("Naam", 120, help_text="Alleen als de persoon akkoord gaat.")
    language = forms.ChoiceField(
        label="Taal van de persoon", choices=list(LANGUAGES.items()), required=False
    )

    field_order = [
        *("soorten", "moments", "children", "taalniveau", "deelgemeente", "km", "note"),
        *("language", "agreed", "name", "callback"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["gemeente"]
