"""What differs between two versions of an activity, as one reads it.

Works on the contents that Wagtail keeps of a version, so a list of many pages costs the same few
queries as one.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.utils.dateformat import format as format_date
from wagtail.images import get_image_model

from aanbod.models import ActiviteitPage, Frequentie, Kenmerk, Moment, Organisatie, Thema
from aanbod.waiting import Change
from gemeenten.models import Deelgemeente

Content = dict[str, Any]

#: In the order of the form.
FIELDS = [
    *["title", "soort", "summary", "description", "bring", "picture", "thema_items"],
    *["timing", "moments", "minutes_per_time", "hours_total", "paused_from", "paused_until"],
    *["reeksen", "place_name", "street", "postcode", "deelgemeente", "pin_lat", "pin_lon"],
    *["wheelchair", "taalniveau", "voor", "capacity", "cost", "cost_note", "kinderopvang"],
    *["organisatie", "contact_public", "kenmerk_items", "overrule_reason", "slug"],
    *["go_live_at", "expire_at"],
]
LABELS = {
    "title": "Naam van de activiteit",
    "thema_items": "Thema's",
    "reeksen": "Vaste momenten",
    "kenmerk_items": "Criteria",
    "slug": "Adres van de pagina",
    "go_live_at": "Online op",
    "expire_at": "Offline op",
}
#: What the fields name that hold a number of another table.
NAMED = {
    "organisatie": Organisatie,
    "deelgemeente": Deelgemeente,
    "picture": get_image_model(),
    "thema_items": Thema,
    "kenmerk_items": Kenmerk,
}

Names = dict[str, dict[int, str]]


def names_in(contents: Iterable[Content]) -> Names:
    """The names that these versions point to, one query a table."""
    versions = list(contents)
    found: Names = {}
    for field, model in NAMED.items():
        pks = {pk for content in versions for pk in _pks(field, content)}
        rows = model._default_manager.in_bulk(pks) if pks else {}
        found[field] = {pk: getattr(row, "name", "") or str(row) for pk, row in rows.items()}
    return found


def differences(before: Content, after: Content, names: Names | None = None) -> list[Change]:
    """The fields that differ, in the order of the form; `before` is {} for what was never live."""
    names = names_in([before, after]) if names is None else names
    found = []
    for field in FIELDS:
        old, new = (_said(field, content, names) for content in (before, after))
        if old != new:
            found.append(Change(_label(field), old, new))
    return found


def _label(field: str) -> str:
    if field in LABELS:
        return LABELS[field]
    label = str(ActiviteitPage._meta.get_field(field).verbose_name)
    return label[:1].upper() + label[1:]


def _pks(field: str, content: Content) -> list[int]:
    value = content.get(field)
    if isinstance(value, list):
        return [item["tag"] for item in value]
    return [value] if value else []


def _said(field: str, content: Content, names: Names) -> str:
    value = content.get(field)
    if field in NAMED:
        said = (names[field].get(pk, "verwijderd") for pk in _pks(field, content))
        return ", ".join(sorted(said))
    if value is None or value == "":
        return ""
    if field in SAID:
        return SAID[field](value)
    choices = dict(ActiviteitPage._meta.get_field(field).flatchoices or [])
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(choices.get(value, value))


def _moments(value: str) -> str:
    return ", ".join(str(Moment(one).label) for one in json.loads(value))


def _series(rows: list[Content]) -> str:
    return "\n".join(_one_series(row) for row in rows)


def _one_series(row: Content) -> str:
    first = _day(row["first_day"])
    until = f" tot en met {_day(row['last_day'])}" if row["last_day"] else ""
    hours = f"{_clock(row['start'])} tot {_clock(row['end'])}"
    only = ", alleen in schoolvakanties" if row["only_school_holidays"] else ""
    skip = ", niet in schoolvakanties" if row["skip_school_holidays"] else ""
    return f"{Frequentie(row['frequency']).label}, vanaf {first}{until}, {hours}{only}{skip}"


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text), "j F Y")


def _clock(text: str) -> str:
    return f"{time.fromisoformat(text):%H:%M}"


SAID: dict[str, Callable[[Any], str]] = {
    "moments": _moments,
    "reeksen": _series,
    "paused_from": _day,
    "paused_until": _day,
    "cost": lambda text: f"{Decimal(text):.2f}".replace(".", ","),
    "go_live_at": lambda text: text[:16].replace("T", " "),
    "expire_at": lambda text: text[:16].replace("T", " "),
}
