"""The form with which an editor names a contact person."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from aanbod.contacts import NewContact
from aanbod.editing import organisaties_in
from aanbod.models import Organisatie
from gemeenten.models import Gemeente


class ContactForm(forms.Form):
    organisatie = forms.ModelChoiceField(
        label="Organisatie",
        queryset=Organisatie.objects.none(),
        required=False,
        empty_label="Een nieuwe organisatie",
    )
    new_organisatie = forms.CharField(
        label="Naam van de nieuwe organisatie", max_length=120, required=False
    )
    website = forms.URLField(
        label="Website van de nieuwe organisatie",
        required=False,
        assume_scheme="https",
    )
    name = forms.CharField(label="Naam van de contactpersoon", max_length=120)
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        help_text="Geen e-mailadres? Dan druk je na het bewaren een kaart met een code af.",
    )
    language = forms.ChoiceField(label="Taal van de berichten", choices=settings.LANGUAGES)
    valid_from = forms.DateField(
        label="Vanaf", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_to = forms.DateField(
        label="Tot en met",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Leeg: tot je het zelf beëindigt.",
    )

    def __init__(self, *args: Any, gemeente: Gemeente, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"valid_from": today, "language": "nl"}
        super().__init__(*args, **kwargs)
        organisatie: Any = self.fields["organisatie"]
        organisatie.queryset = organisaties_in(gemeente).distinct()

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        new = " ".join(cleaned.get("new_organisatie", "").split())
        if new and cleaned.get("organisatie"):
            self.add_error(
                "new_organisatie", "Kies een organisatie, of schrijf een nieuwe. Niet allebei."
            )
        elif not new and not cleaned.get("organisatie") and not self.errors:
            self.add_error("organisatie", "Kies een organisatie, of schrijf een nieuwe naam.")
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "De laatste dag ligt voor de eerste. Kies een latere dag.")
        return cleaned

    def contact(self) -> NewContact:
        cleaned = self.cleaned_data
        return NewContact(
            name=cleaned["name"],
            email=cleaned["email"],
            language=cleaned["language"],
            valid_from=cleaned["valid_from"],
            valid_to=cleaned["valid_to"],
        )
