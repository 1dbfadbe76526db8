"""What an editor fills in to change one date."""

from django import forms

from aanbod.models import Sessie


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Reden, voor iedereen te lezen",
        max_length=Sessie._meta.get_field("reason").max_length,
        help_text="Bijvoorbeeld: de zaal is dicht.",
    )


class MoveForm(ReasonForm):
    day = forms.DateField(
        label="Nieuwe dag", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    start = forms.TimeField(
        label="Van", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    end = forms.TimeField(
        label="Tot", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    field_order = ["day", "start", "end", "reason"]
