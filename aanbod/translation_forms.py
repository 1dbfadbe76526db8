"""The form with which a translator writes one language of one activity."""

from typing import Any, NamedTuple

from django import forms
from django.conf import settings

from aanbod.models import ActiviteitPage, Vertaling
from aanbod.translations import FIELDS, NEEDED, Texts, dutch_hash, longest


class Pair(NamedTuple):
    """A Dutch text with the field for its translation."""

    label: str
    dutch: str
    field: forms.BoundField


class TranslationForm(forms.Form):
    """The fields of which the Dutch says something."""

    #: The Dutch that the translator has before them.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        page: ActiviteitPage,
        language: str,
        row: Vertaling | None,
        **kwargs: Any,
    ) -> None:
        self.page, self.current = page, dutch_hash(page)
        kwargs["initial"] = {name: getattr(row, name) for name in FIELDS} if row else {}
        super().__init__(*args, **kwargs)
        direction = "rtl" if language in settings.LANGUAGES_BIDI else "ltr"
        for name in FIELDS:
            if getattr(page, name):
                self.fields[name] = _field(name, language, direction)

    def pairs(self) -> list[Pair]:
        return [
            Pair(_label(name).capitalize(), getattr(self.page, name), self[name])
            for name in FIELDS
            if name in self.fields
        ]

    def saw_the_current_dutch(self) -> bool:
        return self.cleaned_data["seen"] == self.current

    def texts(self) -> Texts:
        return Texts(**{name: self.cleaned_data.get(name, "") for name in FIELDS})


def _field(name: str, language: str, direction: str) -> forms.CharField:
    most = longest(name)
    rows = 12 if most is None else 2
    widget = forms.Textarea(attrs={"lang": language, "dir": direction, "rows": rows})
    return forms.CharField(
        label=f"Vertaling: {_label(name)}",
        required=name in NEEDED,
        max_length=most,
        widget=widget,
        error_messages={"required": "Vertaal dit ook."},
    )


def _label(name: str) -> str:
    return str(ActiviteitPage._meta.get_field(name).verbose_name)
