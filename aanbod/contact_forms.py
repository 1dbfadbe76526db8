"""The forms with which an editor writes down organisations, contact persons and stand-ins."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from aanbod import organisaties
from aanbod.contacts import NewContact
from aanbod.invallers import NewInvaller
from aanbod.models import ActiviteitPage, Contactpersoon, Organisatie
from aanbod.organisaties import Facts, OrganisatieRefused
from gemeenten import mobile
from gemeenten.models import Gemeente

ONE_WAY = _(
    "Kies één manier: een e-mailadres of een gsm-nummer. Met een e-mailadres gaat het vlotst."
)
NO_MOBILE = _("Dit is geen gsm-nummer dat wij kennen. Schrijf het zo: 0470 12 34 56.")


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class MobileField(forms.CharField):
    """A mobile number as people type it, cleaned to E.164."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: object) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return mobile.normalised(text)
        except mobile.NotMobile:
            raise forms.ValidationError(NO_MOBILE) from None


class ReachForm(forms.Form):
    """Somebody, and the one way to reach them, or none."""

    name = forms.CharField(label="Naam", max_length=120)
    email = forms.EmailField(label="E-mailadres", required=False)
    mobile = MobileField(
        label="Of gsm-nummer",
        required=False,
        help_text="Alleen collega’s van de gemeente zien dit nummer. Sms’en kan nog niet: wie "
        "alleen een gsm-nummer heeft, of geen van beide, krijgt van jou een kaart met een code.",
    )
    language = forms.ChoiceField(
        label="Taal van de berichten", choices=settings.LANGUAGES, initial="nl"
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("email") and self.cleaned_data.get("mobile"):
            self.add_error("mobile", ONE_WAY)
        return self.cleaned_data


class ContactForm(ReachForm):
    """A contact person, with the dates between which they sign."""

    valid_from = DayField(label="Tekent vanaf")
    valid_to = DayField(
        label="Tot en met", required=False, help_text="Leeg: tot je het zelf beëindigt."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "De laatste dag ligt voor de eerste. Kies een latere dag.")
        return cleaned

    def contact(self) -> NewContact:
        given = self.cleaned_data
        return NewContact(
            **{name: given[name] for name in ("name", "email", "language", "mobile")},
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
        )


class NewContactForm(ContactForm):
    """A new contact person of an organisatie that is known in the gemeente."""

    organisatie = forms.ModelChoiceField(
        label="Organisatie", queryset=Organisatie.objects.none(), empty_label="Kies een organisatie"
    )
    field_order = ["organisatie"]

    def __init__(self, *args: Any, gemeente: Gemeente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisatie"]
        field.queryset = organisaties.in_gemeente(gemeente)


def initial_of(contact: Contactpersoon) -> dict[str, object]:
    """What the form shows of a contact person."""
    number = contact.user.mobile
    return {
        "name": str(contact),
        "email": contact.user.email,
        "mobile": mobile.readable(number) if number else "",
        "language": contact.language,
        "valid_from": contact.valid_from,
        "valid_to": contact.valid_to,
    }


class EndForm(forms.Form):
    """Who takes over, when somebody does."""

    replacement = forms.TypedChoiceField(
        label="Wie neemt het over?", required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, colleagues: list[Contactpersoon], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["replacement"]
        field.choices = [("", "Niemand"), *((contact.pk, str(contact)) for contact in colleagues)]


class OrganisatieForm(forms.Form):
    name = forms.CharField(label="Naam", max_length=120)
    website = forms.URLField(label="Website", required=False, assume_scheme="https")
    register_code = forms.CharField(
        label="Nummer in het Verenigingsregister",
        required=False,
        max_length=20,
        help_text="Zoals V0001001. Je vindt het op verenigingen.vlaanderen.be. Geen nummer? Laat "
        "dit leeg.",
    )

    def clean_register_code(self) -> str:
        try:
            return organisaties.register_code(self.cleaned_data["register_code"])
        except OrganisatieRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def facts(self) -> Facts:
        given = self.cleaned_data
        return Facts(given["name"], given["website"], given["register_code"])


class NewOrganisatieForm(OrganisatieForm):
    is_new = forms.BooleanField(
        label="Ja, dit is een andere organisatie dan die hierboven", required=False
    )


class SharedOrganisatieForm(OrganisatieForm):
    """Of one that other municipalities show too."""

    holds_elsewhere = forms.BooleanField(
        label="Ja, dit klopt ook voor de andere gemeenten",
        error_messages={
            "required": "Andere gemeenten tonen deze gegevens ook. Vink aan als het ook daar klopt."
        },
    )


class InvallerForm(ReachForm):
    """Somebody for one day."""

    day = DayField(label="Voor welke dag?")
    page = forms.TypedChoiceField(
        label="Voor welke activiteit?", required=False, coerce=int, empty_value=None
    )
    field_order = ["day", "page"]

    def __init__(self, *args: Any, pages: Iterable[ActiviteitPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages = {page.pk: page for page in pages}
        field: Any = self.fields["page"]
        choices = ((pk, page.title) for pk, page in self.pages.items())
        field.choices = [("", "Alle activiteiten"), *choices]

    def invaller(self) -> NewInvaller:
        given = self.cleaned_data
        return NewInvaller(
            **{name: given[name] for name in ("name", "day", "email", "mobile", "language")},
            page=self.pages.get(given["page"]),
        )
