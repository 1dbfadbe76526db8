"""The questions of the wegwijzer. What nobody needs to say has an answer already."""

from enum import StrEnum
from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bewijzen.doelgroep import (
    Contract,
    Days,
    Illness,
    Labour,
    Place,
    Registered,
    Residence,
    Situation,
)

OLDEST = 120


def _choice(label: Any, answers: dict[StrEnum, Promise], **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(str(value), words) for value, words in answers.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een antwoord."), "invalid_choice": _("Kies opnieuw.")},
        **kwargs,
    )


def _tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class WegwijzerForm(forms.Form):
    """One page of questions; without JavaScript."""

    place = _choice(
        _("Waar woon je?"),
        {
            Place.VLAANDEREN: _("In Vlaanderen, niet in de stad Antwerpen of Gent"),
            Place.ANTWERPEN: _("In de stad Antwerpen"),
            Place.GENT: _("In de stad Gent"),
            Place.BRUSSEL: _("In Brussel"),
            Place.ELDERS: _("Ik woon nog ergens anders"),
        },
    )
    years = forms.IntegerField(
        label=_("Hoe oud ben je?"),
        min_value=0,
        max_value=OLDEST,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 3, "class": "input"}
        ),
        error_messages={
            "required": _("Schrijf hoe oud je bent, in cijfers."),
            "invalid": _("Schrijf je leeftijd in cijfers. Bijvoorbeeld: 34."),
            "min_value": _("Schrijf je leeftijd in cijfers. Bijvoorbeeld: 34."),
            "max_value": _("Kijk je leeftijd na."),
        },
    )
    registered = _choice(
        _("Ben je ingeschreven bij je gemeente?"),
        {
            Registered.JA: _("Ja, in het vreemdelingenregister of het bevolkingsregister"),
            Registered.NEE: _("Nog niet"),
            Registered.WEET_NIET: _("Ik weet het niet"),
        },
    )
    residence = _choice(
        _("Wat past bij jou?"),
        {
            Residence.EERSTE: _(
                "Ik heb voor het eerst een verblijfsvergunning voor meer dan 3 maanden"
            ),
            Residence.EU: _(
                "Ik kom uit de Europese Unie, IJsland, Liechtenstein, Noorwegen of Zwitserland. "
                "Of ik ben familie van zo iemand"
            ),
            Residence.BELG: _("Ik ben Belg"),
            Residence.VERZOEK: _("Ik vroeg bescherming (asiel) en wacht op het antwoord"),
            Residence.ANDERS: _("Iets anders, of ik weet het niet"),
        },
    )
    days = _choice(
        _("Werk of studeer je?"),
        {
            Days.WERKT: _("Ik werk"),
            Days.STUDEERT: _("Ik studeer"),
            Days.GEEN: _("Ik werk niet en ik studeer niet"),
        },
    )
    contract = _choice(
        _("Heb je een inburgeringscontract getekend?"),
        {
            Contract.GEEN: _("Nog niet"),
            Contract.SINDS_2023: _("Ja, in 2023 of later"),
            Contract.VOOR_2023: _("Ja, vóór 2023"),
        },
        initial=str(Contract.GEEN),
    )
    has_attest = _tick(_("Ik heb al een inburgeringsattest"))
    has_diploma = _tick(
        _("Ik heb een diploma of getuigschrift van een Belgische of Nederlandse school")
    )
    had_school_year = _tick(
        _("Ik volgde een volledig schooljaar in een klas voor anderstalige nieuwkomers")
    )
    came_as_minor = _tick(_("Ik was nog geen 18 jaar toen ik in België kwam wonen"))
    minister = _tick(
        _(
            "Ik ben bedienaar van een erkende godsdienst. Bijvoorbeeld: imam, priester, predikant "
            "of rabbijn"
        )
    )
    born_abroad = _tick(_("Ik ben niet in België geboren"))
    parent_born_abroad = _tick(_("Minstens één van mijn ouders is niet in België geboren"))
    first_registration = _tick(
        _("Ik sta voor het eerst in het bevolkingsregister, en dat is nog geen 12 maanden zo")
    )
    illness = _choice(
        _("Ben je ernstig ziek of heb je een handicap?"),
        {
            Illness.GEEN: _("Nee, of dat zeg ik liever niet"),
            Illness.KAN_VOLGEN: _("Ja, maar ik kan een traject volgen"),
            Illness.KAN_NIET_VOLGEN: _("Ja, en daardoor kan ik geen traject volgen"),
        },
        initial=str(Illness.GEEN),
    )
    labour = _choice(
        _("Kwam je naar België om te werken, met een tijdelijke vergunning?"),
        {
            Labour.GEEN: _("Nee"),
            Labour.KAN_BLIJVEN: _("Ja. Met die vergunning kan ik later blijvend verblijf krijgen"),
            Labour.KAN_NIET_BLIJVEN: _(
                "Ja. Met die vergunning kan ik later geen blijvend verblijf krijgen"
            ),
            Labour.WEET_NIET: _("Ja. Ik weet niet of ik later mag blijven"),
        },
        initial=str(Labour.GEEN),
    )

    #: Fields that stand together under one question.
    TICKS = ("has_attest", "has_diploma", "had_school_year", "came_as_minor", "minister")
    BELGIAN = ("born_abroad", "parent_born_abroad", "first_registration")

    def ticks(self) -> list[forms.BoundField]:
        return [self[name] for name in self.TICKS]

    def belgian(self) -> list[forms.BoundField]:
        return [self[name] for name in self.BELGIAN]

    def situation(self) -> Situation:
        """What was told; the form is valid."""
        told = cast(dict[str, Any], self.cleaned_data)
        return Situation(
            **{
                **told,
                "place": Place(told["place"]),
                "registered": Registered(told["registered"]),
                "residence": Residence(told["residence"]),
                "days": Days(told["days"]),
                "contract": Contract(told["contract"]),
                "illness": Illness(told["illness"]),
                "labour": Labour(told["labour"]),
            }
        )
