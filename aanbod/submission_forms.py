"""The form with which an organisatie hands in an activity, in the order in which one thinks of it.

It gives plain values by column, as an import does; nothing is saved before it is sent.
"""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aanbod import criteria
from aanbod.importing import columns, moments
from aanbod.labels import KENMERKEN
from aanbod.models import (
    ActiviteitPage,
    Frequentie,
    Kenmerk,
    Kinderopvang,
    Moment,
    Reeks,
    Soort,
    Taalniveau,
    Voor,
)
from aanbod.submissions import MOST_CONTACTS, Sending
from gemeenten.mobile import NotMobile, normalised
from gemeenten.models import Deelgemeente, Gemeente

MOST_MOMENTS = 10
Timing = ActiviteitPage.Timing
EVERYBODY = "iedereen"
HOLIDAYS = [
    ("", _("Ook in schoolvakanties")),
    ("niet", _("Niet in schoolvakanties")),
    ("alleen", _("Alleen in schoolvakanties")),
]
#: What is asked where a point of the criteria is missing, in the order of `criteria.POINTS`.
QUESTIONS = [
    _("Gebeurt het met twee of in een groep? Duid dat aan."),
    _("Leert de deelnemer er nieuwe mensen kennen? Duid dat aan."),
    _("Zien mensen elkaar vaak terug? Duid dat aan."),
    _("Kan de deelnemer er Nederlands oefenen? Duid minstens één van die punten aan."),
]


def _line(label: Any, most: int, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, help_text=help_text, required=required)


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, required=False, min_value=1, max_value=columns.MAX_NUMBER
    )


class SubmissionForm(forms.Form):
    """One activity. The groups of the page are `GROUPS`."""

    naam = _line(_("Naam van de activiteit"), 120)
    soort = forms.ChoiceField(label=_("Soort"), choices=[("", "—"), *Soort.choices])
    zin = _line(_("In één zin"), 200, _("Wat doe je er? Korte woorden zijn het best."))
    tekst = forms.CharField(
        label=_("Wat doe je er?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Schrijf korte zinnen. Een lege regel begint een nieuw stuk."),
    )
    meebrengen = _line(_("Wat breng je mee?"), 200, required=False)

    wanneer = forms.ChoiceField(
        label=_("Wanneer is het?"),
        choices=Timing.choices,
        initial=Timing.MOMENTEN,
        widget=forms.RadioSelect,
    )
    dagdelen = forms.MultipleChoiceField(
        label=_("Wanneer kan het?"),
        choices=Moment.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    minuten = _number(_("Hoeveel minuten per keer?"), _("Zo weet je hoeveel uren het telt."))
    uren = _number(
        _("Hoeveel uren in totaal?"), _("Hoeveel uren kan iemand hier in totaal verzamelen?")
    )

    plaats = _line(_("Naam van de plaats"), 120, required=False)
    straat = _line(_("Straat en nummer"), 120, required=False)
    postcode = forms.ChoiceField(label=_("Postcode"), required=False)
    deelgemeente = forms.ChoiceField(label=_("Deelgemeente"), required=False)
    rolstoel = forms.BooleanField(label=_("Een rolstoel kan binnen"), required=False)

    nederlands = forms.ChoiceField(
        label=_("Hoeveel Nederlands wens je?"),
        choices=Taalniveau.choices,
        initial=Taalniveau.GEEN,
        help_text=_("Dit is een wens. Iedereen mag komen."),
    )
    voor = forms.ChoiceField(
        label=_("Voor wie is het?"),
        choices=[("", _("Voor iedereen")), *Voor.choices],
        required=False,
    )
    plaatsen = _number(_("Hoeveel plaatsen zijn er?"), _("Leeg: zonder limiet."))
    prijs = forms.DecimalField(
        label=_("Prijs per keer (euro)"),
        min_value=Decimal(0),
        max_value=columns.MAX_PRICE,
        decimal_places=2,
        initial=Decimal(0),
        localize=True,
        help_text=_("Gratis? Vul 0 in."),
    )
    prijsuitleg = _line(_("Uitleg bij de prijs"), 120, required=False)
    kinderen = forms.ChoiceField(
        label=_("Kinderen"),
        choices=[("", _("Niet voorzien")), *Kinderopvang.choices],
        required=False,
    )

    kenmerken = forms.MultipleChoiceField(
        label=_("Wat klopt er voor deze activiteit?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Zo weten we of de uren meetellen voor de veertig uur."),
    )
    toch = forms.BooleanField(
        label=_("Ik weet het niet. Verstuur het toch, dan kijkt de gemeente mee."), required=False
    )

    contact = _line(
        _("Contact voor iedereen"),
        200,
        _("Een dienst of een algemeen adres. Geen nummer van een mens: iedereen leest dit."),
        required=False,
    )
    note = _line(_("Een woordje voor de gemeente"), 300, required=False)
    versie = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62
    )

    def __init__(self, *args: Any, gemeente: Gemeente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gemeente = gemeente
        self._choices("postcode", [(code, code) for code in gemeente.postcodes])
        names = Deelgemeente.objects.filter(gemeente=gemeente).order_by("name")
        self._choices("deelgemeente", [(row.name, row.name) for row in names])
        rows = Kenmerk.objects.order_by("criterium", "order")
        kenmerken: Any = self.fields["kenmerken"]
        kenmerken.choices = [
            (row.slug, f"{KENMERKEN.get(row.slug, row.name)}. {row.question}") for row in rows
        ]

    def _choices(self, name: str, values: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", gettext("De hele gemeente")), *values]

    def clean_naam(self) -> str:
        name = " ".join(self.cleaned_data["naam"].split())
        if not slugify(name):
            raise forms.ValidationError(gettext("Schrijf de naam in Latijnse letters."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        by_agreement = cleaned.get("wanneer") == Timing.AFSPRAAK
        if by_agreement and not cleaned.get("minuten") and "minuten" not in self.errors:
            self.add_error("minuten", gettext("Vul in hoeveel minuten iemand meedoet."))
        if not cleaned.get("toch") and "kenmerken" in cleaned:
            self.missing = missing_questions(set(cleaned["kenmerken"]))
            for question in self.missing:
                self.add_error("kenmerken", question)
        return cleaned

    #: The questions that were not answered with yes.
    missing: list[str] = []

    def values(self) -> dict[str, Any]:
        """Plain values by column, without the moments."""
        cleaned = self.cleaned_data
        values = {key: cleaned[key] for key in _AS_THEY_ARE}
        for key in ("zin", "meebrengen", "plaats", "straat", "prijsuitleg", "contact"):
            values[key] = " ".join(values[key].split())
        return values | {
            "tekst": cleaned["tekst"].replace("\r\n", "\n").strip(),
            "voor": cleaned["voor"] or EVERYBODY,
            "prijs": f"{cleaned['prijs']:.2f}",
            "dagdelen": [one for one in Moment.values if one in cleaned["dagdelen"]],
            "kenmerken": [one for one in columns.KENMERKEN if one in cleaned["kenmerken"]],
        }


_AS_THEY_ARE = [
    *("naam", "soort", "zin", "meebrengen", "wanneer", "minuten", "uren", "plaats", "straat"),
    *("postcode", "deelgemeente", "rolstoel", "nederlands", "plaatsen", "prijsuitleg"),
    *("kinderen", "contact"),
]
#: Headings of the page and their fields; the moments and the contact persons have their own.
GROUPS = [
    (_("Wat"), ["naam", "soort", "zin", "tekst", "meebrengen"]),
    (_("Wanneer"), ["wanneer"]),
    (_("Waar"), ["plaats", "straat", "postcode", "deelgemeente", "rolstoel"]),
    (
        _("Voor wie"),
        ["nederlands", "voor", "plaatsen", "prijs", "prijsuitleg", "kinderen"],
    ),
    (_("Telt het mee?"), ["kenmerken"]),
    (_("Wie bereiken?"), ["contact"]),
]


def missing_questions(slugs: set[str]) -> list[str]:
    """The question for each point that is missing (R2, R3)."""
    missing = criteria.missing_points(slugs)
    pairs = zip(criteria.POINTS, QUESTIONS, strict=True)
    return [str(question) for point, question in pairs if point in missing]


def initial_of(values: dict[str, Any]) -> dict[str, Any]:
    """What the form shows of plain values."""
    found = {key: value for key, value in values.items() if value is not None}
    if found.get("voor") == EVERYBODY:
        found["voor"] = ""
    if "prijs" in found:
        found["prijs"] = Decimal(found["prijs"])
    return found


class MomentForm(forms.Form):
    """One fixed moment; an empty row is none."""

    frequency = forms.ChoiceField(
        label=_("Hoe vaak?"), choices=Frequentie.choices, initial=Frequentie.WEKELIJKS
    )
    first_day = forms.DateField(
        label=_("Eerste dag"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    start = forms.TimeField(
        label=_("Van"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    end = forms.TimeField(
        label=_("Tot"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    last_day = forms.DateField(
        label=_("Laatste dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leeg: zolang het loopt."),
    )
    holidays = forms.ChoiceField(label=_("Schoolvakanties"), choices=HOLIDAYS, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if cleaned.get("start") and cleaned.get("start") == cleaned.get("end"):
            self.add_error("end", gettext("Het begin en het einde zijn gelijk."))
        if first and last and last < first:
            self.add_error("last_day", gettext("De laatste dag ligt voor de eerste dag."))
        for name in ("first_day", "last_day"):
            if cleaned.get(name) and not 1990 <= cleaned[name].year <= 2100:
                self.add_error(name, gettext("Kies een dag tussen 1990 en 2100."))
        return cleaned

    def text(self) -> str:
        """As an import writes it."""
        given = self.cleaned_data
        return moments.write(
            Reeks(
                frequency=given["frequency"],
                first_day=given["first_day"],
                start=given["start"],
                end=given["end"],
                last_day=given["last_day"],
                skip_school_holidays=given["holidays"] == "niet",
                only_school_holidays=given["holidays"] == "alleen",
            )
        )


def moment_initial(written: str) -> dict[str, Any]:
    reeks = moments.read(written)
    holidays = "niet" if reeks.skip_school_holidays else ""
    return {
        "frequency": reeks.frequency,
        "first_day": reeks.first_day,
        "start": reeks.start,
        "end": reeks.end,
        "last_day": reeks.last_day,
        "holidays": "alleen" if reeks.only_school_holidays else holidays,
    }


class PersonForm(forms.Form):
    """One contact person; an empty row is none."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.EmailField(label=_("E-mailadres"), required=False)
    mobile = forms.CharField(label=_("Gsm-nummer"), max_length=30, required=False)

    def clean_mobile(self) -> str:
        text = self.cleaned_data["mobile"].strip()
        try:
            return normalised(text) if text else ""
        except NotMobile:
            raise forms.ValidationError(
                gettext("Dit is geen gsm-nummer. Schrijf het zo: 0470 00 00 00.")
            ) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("email") and cleaned.get("mobile"):
            self.add_error("mobile", gettext("Vul het adres of het nummer in. Niet allebei."))
        return cleaned


MomentFormSet = forms.formset_factory(
    MomentForm, extra=3, max_num=MOST_MOMENTS, absolute_max=MOST_MOMENTS + 3, validate_max=True
)
PersonFormSet = forms.formset_factory(
    PersonForm, extra=2, max_num=MOST_CONTACTS, absolute_max=MOST_CONTACTS + 2, validate_max=True
)


class Sheet:
    """The whole page: the activity, its moments and its contact persons, sent together."""

    def __init__(
        self,
        data: Any,
        *,
        gemeente: Gemeente,
        values: dict[str, Any] | None = None,
        people: list[dict[str, str]] | None = None,
        note: str = "",
        seen: int | None = None,
        base: dict[str, Any] | None = None,
    ) -> None:
        values = values or {}
        initial = {**initial_of(values), "note": note, "versie": seen}
        self.form = SubmissionForm(data, gemeente=gemeente, initial=initial)
        written = values.get("momenten", [])
        self.moments = MomentFormSet(
            data, prefix="momenten", initial=[moment_initial(one) for one in written]
        )
        self.people = PersonFormSet(data, prefix="mensen", initial=people or [])
        self.base = base

    def is_valid(self) -> bool:
        good = all([self.form.is_valid(), self.moments.is_valid(), self.people.is_valid()])
        if self.moments.is_valid() and self._lacks_moments():
            self.form.add_error(
                "wanneer", gettext("Vul hieronder minstens één moment in, of kies “In overleg”.")
            )
            return False
        if good and self._changes_nothing():
            self.form.add_error(None, gettext("Je veranderde niets. Er is niets verstuurd."))
            return False
        return good

    def _lacks_moments(self) -> bool:
        fixed = self.form.cleaned_data.get("wanneer") == Timing.MOMENTEN
        return fixed and not self._written()

    def _written(self) -> list[str]:
        rows = [form for form in self.moments if form.cleaned_data]
        return list(dict.fromkeys(form.text() for form in rows if form.cleaned_data))

    def _changes_nothing(self) -> bool:
        sending = self.sending()
        if self.base is None or sending.contacts or sending.note:
            return False
        return all(self.base.get(key) == value for key, value in sending.values.items())

    def sending(self) -> Sending:
        """What was filled in; only after `is_valid`."""
        values = self.form.values()
        # By agreement there are no fixed moments, whatever was left in the rows.
        fixed = values["wanneer"] == Timing.MOMENTEN
        values["momenten"] = self._written() if fixed else []
        people = [
            {key: form.cleaned_data[key] for key in ("name", "email", "mobile")}
            for form in self.people
            if form.cleaned_data
        ]
        cleaned = self.form.cleaned_data
        return Sending(values, people, note=cleaned["note"], seen=cleaned["versie"])
