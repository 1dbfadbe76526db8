"""What somebody fills in about an own proposal (R5): four fields in any language, the criteria as
questions (R2), and who signs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bewijzen.models import Voorstel
from bewijzen.voorstellen import NO, SLUGS, TEXTS, UNKNOWN, YES, Named, Plan
from bewijzen.zoekvraag_forms import NOT_READABLE
from gemeenten import mobile

ANSWERS = [(YES, _("Ja")), (NO, _("Nee")), (UNKNOWN, _("Ik weet het niet"))]
#: The kenmerken of the two criteria, asked of a person, with a pictogram.
QUESTIONS: dict[str, tuple[Any, str]] = {
    "groep": (_("Ben je samen met één of meer andere mensen?"), "users"),
    "nieuwe-mensen": (_("Zijn er mensen die je nog niet kent?"), "user-plus"),
    "duurzame-contacten": (_("Zie je die mensen later nog terug?"), "heart-handshake"),
    "voertaal": (_("Spreken jullie Nederlands?"), "message-circle"),
    "wederzijds": (_("Praat je met elkaar, en niet alleen één van de twee?"), "messages"),
    "nederlandstaligen": (_("Spreken de anderen goed Nederlands?"), "speakerphone"),
}


def _text(label: Any, most: int, *, required: bool = True, **attributes: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        error_messages={
            "required": _("Vul dit in. Een paar woorden zijn genoeg."),
            "max_length": _("Dat is te lang. Schrijf het korter."),
            "null_characters_not_allowed": NOT_READABLE,
        },
        **attributes,
    )


def _lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2, "dir": "auto"})


class ContactForm(forms.Form):
    """Who signs: a name, and one way to reach them or none."""

    contact_name = _text(_("Hoe heet die persoon?"), 120, required=False)
    contact_email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        error_messages={
            "invalid": _("Dit is geen e-mailadres. Kijk het na, of laat het leeg."),
            "max_length": _("Dat is te lang. Schrijf het korter."),
            "null_characters_not_allowed": NOT_READABLE,
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    contact_mobile = _text(
        _("Of gsm-nummer"),
        40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def clean_contact_mobile(self) -> str:
        text = self.cleaned_data["contact_mobile"]
        if not text:
            return ""
        try:
            return mobile.normalised(text)
        except mobile.NotMobile:
            raise forms.ValidationError(
                _("Dit is geen gsm-nummer. Kijk het na, of laat het leeg.")
            ) from None

    def clean_contact_name(self) -> str:
        return " ".join(self.cleaned_data["contact_name"].split())

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        reached = cleaned.get("contact_email") or cleaned.get("contact_mobile")
        if reached and not cleaned.get("contact_name") and "contact_name" not in self.errors:
            self.add_error("contact_name", _("Schrijf ook de naam."))
        return cleaned

    def named(self) -> Named:
        cleaned = self.cleaned_data
        email = cleaned["contact_email"]
        # One way to reach somebody is enough, and an account has one of each at most.
        return Named(cleaned["contact_name"], email, "" if email else cleaned["contact_mobile"])


class PlanForm(ContactForm):
    """The proposal of the person. `intent` is its key, so that sending twice is one."""

    intent = forms.UUIDField(widget=forms.HiddenInput, required=False)
    what = _text(_("Wat wil je doen?"), 300, widget=_lines())
    with_whom = _text(_("Met wie?"), 300, widget=_lines())
    moment = _text(_("Wanneer, en hoe vaak?"), 300, widget=_lines())
    place = _text(_("Waar?"), 300, widget=_lines())
    dutch = _text(
        _("In het Nederlands, één zin"),
        200,
        required=False,
        help_text=_("Je trajectbegeleider leest Nederlands. Lukt het niet? Laat het leeg."),
        widget=forms.TextInput(attrs={"lang": "nl", "dir": "auto", "autocomplete": "off"}),
    )
    knows = forms.ChoiceField(
        label=_("Wie kan je uren tekenen?"),
        choices=[(YES, _("Ik weet wie")), (UNKNOWN, _("Weet ik nog niet"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for slug in SLUGS:
            self.fields[slug] = forms.ChoiceField(
                label=QUESTIONS[slug][0],
                choices=ANSWERS,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Kies ja, nee of ik weet het niet.")},
            )

    def questions(self) -> list[tuple[Any, str]]:
        """Each question with its pictogram."""
        return [(self[slug], QUESTIONS[slug][1]) for slug in SLUGS]

    def plan(self) -> Plan:
        cleaned = self.cleaned_data
        return Plan(
            what=cleaned["what"],
            with_whom=cleaned["with_whom"],
            moment=cleaned["moment"],
            place=cleaned["place"],
            dutch=cleaned["dutch"],
            answers={slug: cleaned[slug] or UNKNOWN for slug in SLUGS},
            contact=Named() if cleaned["knows"] == UNKNOWN else self.named(),
        )


def initial(voorstel: Voorstel) -> dict[str, Any]:
    """The form as the proposal is now, to answer what was asked back."""
    names = [*TEXTS, "dutch", "contact_name", "contact_email", "contact_mobile"]
    shown: dict[str, Any] = {name: getattr(voorstel, name) for name in names}
    return {**shown, **voorstel.answers, "knows": YES if voorstel.contact_name else UNKNOWN}
