"""Fields that inburgeraars and contact persons fill in; their sentences are at A2."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bewijzen.blocks import DOUBTS, block_on
from bewijzen.ledger import Block, check_block
from bewijzen.refusals import Refusal
from gemeenten.sign_in import ascii_digits

CLOCK_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S"]
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
#: Where the cursor's own keyboard is a number pad.
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Welke dag?"),
            input_formats=DAY_FORMATS,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
            error_messages={
                "required": _("Kies de dag."),
                "invalid": _("Dit is geen dag die wij kennen. Kies de dag opnieuw."),
            },
            **kwargs,
        )


class ClockField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=CLOCK_FORMATS,
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"}),
            error_messages={
                "required": _("Vul het uur in."),
                "invalid": _("Schrijf het uur zo: 19:30."),
            },
            **kwargs,
        )

    def clean(self, value: object) -> time | None:
        found = super().clean(value)
        return found and found.replace(second=0)


class NumberField(forms.IntegerField):
    """A whole number, in the digits of any script. The rules say how much is too much."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            min_value=0,
            max_value=10_000,
            widget=forms.NumberInput(attrs={**DIGITS, "class": "short", "min": 0}),
            error_messages={
                "invalid": _("Vul een getal in, zonder komma."),
                "min_value": _("Vul een getal in dat groter is dan 0."),
                "max_value": _("Dit getal is te groot. Kijk het na."),
            },
            **kwargs,
        )


class IntentForm(forms.Form):
    """A form that says once and for all what one tap means: the page that shows it makes a uuid,
    and sending it twice is one intent."""

    intent = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(["required", "invalid"], "")
    )

    def intent_value(self) -> UUID:
        """What the page carries on: the same intent, or a new one when that was damaged."""
        try:
            return UUID(str(self["intent"].value()))
        except ValueError:
            return uuid4()

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "intent" in self.errors:
            self.add_error(None, Refusal("damaged").sentence)
        return self.cleaned_data


class DurationForm(forms.Form):
    """A day and how long, without clock times."""

    day = DayField()
    hours = NumberField(label=_("Uren"))
    minutes = NumberField(label=_("Minuten"))

    #: Set when the form is valid.
    block: Block

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            try:
                self.block = self.make_block(self.cleaned_data)
                check_block(self.block, timezone.now())
            except Refusal as refusal:
                self.add_error(None, refusal.sentence)
        return self.cleaned_data

    def make_block(self, cleaned: dict[str, Any]) -> Block:
        return block_on(cleaned["day"], None, None, self.length(cleaned), now=timezone.now())

    def length(self, cleaned: dict[str, Any]) -> int | None:
        """Minutes, or None when neither was filled in."""
        hours, minutes = cleaned.get("hours"), cleaned.get("minutes")
        if hours is None and minutes is None:
            return None
        return (hours or 0) * 60 + (minutes or 0)


class BlockForm(IntentForm, DurationForm):
    """A day with clock times, or how long, or both: so long within those times."""

    van = ClockField(label=_("Van"), required=False)
    tot = ClockField(label=_("Tot"), required=False)
    sure = forms.BooleanField(label=_("Ja, dit klopt"), required=False)

    #: Sentences to say yes to before anything is written.
    doubts: Sequence[object] = ()

    def make_block(self, cleaned: dict[str, Any]) -> Block:
        return block_on(
            cleaned["day"],
            cleaned.get("van"),
            cleaned.get("tot"),
            self.length(cleaned),
            now=timezone.now(),
        )

    def ask(self, doubts: list[str]) -> bool:
        """Is there something left to ask? Then the page shows it with a box to tick."""
        self.doubts = () if self.cleaned_data.get("sure") else [DOUBTS[code] for code in doubts]
        return bool(self.doubts)


def block_initial(day: date, *, van: time | None = None, tot: time | None = None) -> dict:
    return {"day": day, "van": van, "tot": tot}


def duration_initial(minutes: int | None) -> dict:
    """Hours and minutes for the two fields; nothing when it is not known."""
    if not minutes:
        return {}
    hours, rest = divmod(minutes, 60)
    return {"hours": hours, "minutes": rest}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Schrijf kort waarom."),
            "max_length": _("Dat is te lang. Schrijf het in minder dan 300 letters."),
            "null_characters_not_allowed": _("Er staat een teken in dat wij niet kunnen lezen."),
        },
    )


class WithdrawForm(ReasonForm, IntentForm):
    pass


class CodeForm(forms.Form):
    """A code as people type it: any script's digits, with spaces or dots between."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        widget=forms.TextInput(attrs={**DIGITS, "class": "code", "spellcheck": "false"}),
        error_messages={
            "required": _("Typ de code van je kaart."),
            "max_length": _("Dat is te lang voor een code. Kijk je kaart na."),
            "null_characters_not_allowed": _("Typ alleen de cijfers van je kaart."),
        },
    )

    def clean_code(self) -> str:
        digits = ascii_digits(self.cleaned_data["code"])
        if not digits:
            raise forms.ValidationError(_("Typ alleen de cijfers van je kaart."))
        return digits
