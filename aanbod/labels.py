"""The words for filters and their values, in the language of the page."""

from typing import Any

from django.utils.translation import gettext_lazy

from aanbod.models import Dag, Kinderopvang, Moment, Soort, Taalniveau, Voor

KOSTEN = {
    "gratis": gettext_lazy("Gratis"),
    "5": gettext_lazy("Hoogstens 5 euro"),
    "20": gettext_lazy("Hoogstens 20 euro"),
}
KENMERKEN = {
    "duo": gettext_lazy("Met twee"),
    "groep": gettext_lazy("In groep"),
    "nieuwe-mensen": gettext_lazy("Nieuwe mensen"),
    "duurzame-contacten": gettext_lazy("Contacten die blijven"),
    "voertaal": gettext_lazy("We spreken Nederlands"),
    "wederzijds": gettext_lazy("Echte gesprekken"),
    "nederlandstaligen": gettext_lazy("Mensen die goed Nederlands spreken"),
}
SORTS = {
    "past": gettext_lazy("Wat het best past"),
    "afstand": gettext_lazy("Dichtbij eerst"),
    "datum": gettext_lazy("Vroegste datum eerst"),
    "nieuw": gettext_lazy("Nieuwste eerst"),
}
STRAAL = [2, 5, 10, 20, 50]
#: The words for each value of a filter.
LABELS: dict[str, dict[str, Any]] = {
    "soort": dict(Soort.choices),
    "moment": dict(Moment.choices),
    "dag": dict(Dag.choices),
    "taalniveau": dict(Taalniveau.choices),
    "kosten": KOSTEN,
    "kinderopvang": dict(Kinderopvang.choices),
    "voor": dict(Voor.choices),
    "toegang": {"rolstoel": gettext_lazy("Rolstoel kan binnen")},
    "kenmerk": KENMERKEN,
}
HEADINGS = {
    "q": gettext_lazy("Wat zoek je?"),
    "gemeente": gettext_lazy("Gemeente"),
    "plaats": gettext_lazy("Plaats"),
    "straal": gettext_lazy("Afstand"),
    "soort": gettext_lazy("Wat doe je graag?"),
    "moment": gettext_lazy("Wanneer kan je?"),
    "dag": gettext_lazy("Welke dag?"),
    "taalniveau": gettext_lazy("Hoeveel Nederlands?"),
    "kosten": gettext_lazy("Prijs per keer"),
    "kinderopvang": gettext_lazy("Kinderen"),
    "voor": gettext_lazy("Voor wie?"),
    "toegang": gettext_lazy("Toegang"),
    "kenmerk": gettext_lazy("Hoe is het?"),
    "thema": gettext_lazy("Thema"),
    "sorteer": gettext_lazy("Volgorde"),
    "pagina": gettext_lazy("Bladzijde"),
}
