"""The plain values of an activity as one reads them, and what changed between two of them."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanbod.importing import columns, moments
from aanbod.labels import KENMERKEN
from aanbod.models import (
    ActiviteitPage,
    Frequentie,
    Kinderopvang,
    Moment,
    Soort,
    Taalniveau,
    Voor,
)
from aanbod.waiting import Change
from gemeenten.days import full_day

_CHOICES: dict[str, dict[str, Any]] = {
    "soort": dict(Soort.choices),
    "wanneer": dict(ActiviteitPage.Timing.choices),
    "nederlands": dict(Taalniveau.choices),
    "voor": {
        "": gettext_lazy("Iedereen"),
        "iedereen": gettext_lazy("Iedereen"),
        **dict(Voor.choices),
    },
    "kinderen": dict(Kinderopvang.choices),
}
_LISTS: dict[str, dict[str, Any]] = {"dagdelen": dict(Moment.choices), "kenmerken": KENMERKEN}
#: The columns that one reads, in the order of the form.
SHOWN = [column.key for column in columns.COLUMNS if column.key not in ("id", "organisatie")]


def shown(values: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and text of everything that is filled in."""
    pairs = [(_label(key), text(key, values.get(key))) for key in SHOWN]
    return [(label, words) for label, words in pairs if words]


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """What differs, by column; of a new activity everything that is filled in."""
    found = []
    for key in SHOWN:
        if key in after and before.get(key) != after[key]:
            change = Change(_label(key), text(key, before.get(key)), text(key, after[key]))
            if change.before != change.after:
                found.append(change)
    return found


def text(key: str, value: Any) -> str:
    """One value in words; "" for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if key in _CHOICES:
        return str(_CHOICES[key].get(value, value))
    if key in _LISTS:
        return ", ".join(str(_LISTS[key].get(one, one)) for one in value)
    if key == "momenten":
        return "\n".join(moment(one) for one in value)
    if key == "prijs":
        return _("Gratis") if value == "0.00" else f"€ {value.replace('.', ',')}"
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def moment(written: str) -> str:
    """“elke week op dinsdag vanaf 12 januari 2027, 19.30 – 21.30”."""
    reeks = moments.read(written)
    words = {"day": full_day(reeks.first_day), "weekday": date_format(reeks.first_day, "l")}
    if reeks.frequency == Frequentie.EENMALIG:
        said = _("%(weekday)s %(day)s") % words
    else:
        words["often"] = str(Frequentie(reeks.frequency).label)
        said = _("%(often)s op %(weekday)s vanaf %(day)s") % words
    if reeks.last_day:
        said += " " + _("tot en met %(day)s") % {"day": full_day(reeks.last_day)}
    said += f", {reeks.start:%H.%M} – {reeks.end:%H.%M}"
    if reeks.skip_school_holidays:
        said += ", " + _("niet in schoolvakanties")
    if reeks.only_school_holidays:
        said += ", " + _("alleen in schoolvakanties")
    return said


def _label(key: str) -> str:
    return columns.BY_KEY[key].label
