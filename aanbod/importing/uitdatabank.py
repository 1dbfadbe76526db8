"""Events of UiTdatabank as JSON-LD, in our columns.

Understood: calendar types single, multiple, periodic and permanent with opening hours, Dutch
beside other languages, the three attendance modes, cancelled and postponed dates. What an
activity here cannot say stands in the row's notes; what cannot be understood refuses the row.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.html import strip_tags

from aanbod.importing import moments
from aanbod.importing.columns import MAX_PRICE
from aanbod.importing.rows import MAX_ROWS, BadFile, Problem, Row, checked
from aanbod.models import Frequentie, Reeks

BRUSSELS = ZoneInfo("Europe/Brussels")
MAX_DEPTH = 50
#: Where a weekly rule begins when the event is permanent and does not say since when.
ALWAYS = date(2024, 1, 1)
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
#: Event types of UiTdatabank that say which `soort` it is; any other is "andere".
SOORTEN = {
    "0.3.1.0.0": "cursus",  # Lessenreeks
    "0.3.1.0.1": "cursus",  # Cursus met open sessies
    "0.59.0.0.0": "sport",  # Sport en beweging
    "0.19.0.0.0": "sport",  # Sportwedstrijd bekijken
    "0.50.4.0.0": "cultuur",  # Concert
    "0.55.0.0.0": "cultuur",  # Theatervoorstelling
    "0.54.0.0.0": "cultuur",  # Dansvoorstelling
    "0.50.6.0.0": "cultuur",  # Film
    "0.0.0.0.0": "cultuur",  # Tentoonstelling
    "0.7.0.0.0": "cultuur",  # Begeleide rondleiding
}
CANCELLED = {"unavailable", "temporarilyunavailable", "eventcancelled", "eventpostponed"}
OFFLINE, ONLINE, MIXED = "offline", "online", "mixed"


class NotUnderstood(ValueError):
    """Why one event is refused; its text is said to who brought the file."""


def read(content: bytes) -> list[Row]:
    """The events of a file: one, a list, or the members of a collection. Raises BadFile."""
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except RecursionError:
        raise BadFile("De JSON is te diep genest om te lezen.") from None
    except UnicodeDecodeError:
        raise BadFile("De letters zijn niet te lezen. JSON-LD is altijd UTF-8.") from None
    except ValueError:
        raise BadFile("Dit is geen geldige JSON. Haal het bestand opnieuw op.") from None
    if _depth_over(found, MAX_DEPTH):
        raise BadFile("De JSON is te diep genest om te lezen.")
    events = _events(found)
    if not events:
        raise BadFile("Er staan geen activiteiten in het bestand.")
    if len(events) > MAX_ROWS:
        raise BadFile(f"Er zijn te veel activiteiten: hoogstens {MAX_ROWS} in één bestand.")
    return [_row(number, event) for number, event in enumerate(events, 1)]


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _depth_over(value: Any, most: int) -> bool:
    """Level by level, because recursion is what a deep file is after."""
    level = [value]
    for _ in range(most):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True


def _events(found: Any) -> list[Any]:
    if isinstance(found, list):
        return found
    for name in ["member", "hydra:member", "@graph"]:
        if isinstance(found.get(name), list):
            return found[name]
    return [found]


def _row(number: int, event: Any) -> Row:
    row = Row(number, {})
    try:
        _fill(row, event)
    except NotUnderstood as reason:
        row.problems.append(Problem("", str(reason)))
    return checked(row)


def _fill(row: Row, event: Any) -> None:
    if not isinstance(event, dict):
        raise NotUnderstood("Dit is geen activiteit, maar een losse waarde.")
    row.cells["id"] = str(event.get("@id") or "").rstrip("/").rsplit("/", 1)[-1]
    _refuse_other_kinds(event)
    row.cells["naam"] = _dutch(event, "name")
    if not row.cells["id"]:
        raise NotUnderstood("De activiteit heeft geen @id.")
    _texts(row, event)
    _place(row, event)
    _price(row, event)
    row.cells["momenten"] = "\n".join(moments.write(reeks) for reeks in _calendar(row, event))
    row.cells["wanneer"] = "momenten"
    if not row.cells["momenten"] and _text(event.get("calendarType")) == "permanent":
        row.cells["wanneer"] = "afspraak"
    _remarks(row, event)


def _refuse_other_kinds(event: dict[str, Any]) -> None:
    said = f"{event.get('@type')} {event.get('@context')} {event.get('@id')}".lower()
    if event.get("@type") == "Place" or "/place" in said:
        raise NotUnderstood("Dit is een plaats (Place), geen activiteit.")
    if event.get("@type") == "Organizer" or "/organizer" in said:
        raise NotUnderstood("Dit is een organisator (Organizer), geen activiteit.")
    status = _text(event.get("workflowStatus"))
    if status in ("DELETED", "REJECTED"):
        raise NotUnderstood(f"De bron heeft deze activiteit verwijderd of afgekeurd ({status}).")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dutch(holder: dict[str, Any], name: str) -> str:
    """The Dutch of a text in several languages; raises when there is only another language."""
    value = holder.get(name)
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if not isinstance(value, dict):
        raise NotUnderstood(f"“{name}” is geen tekst.")
    if value and not isinstance(value.get("nl"), str):
        languages = ", ".join(sorted(str(language)[:10] for language in value)[:10])
        raise NotUnderstood(f"“{name}” heeft geen Nederlandse tekst, wel: {languages}.")
    return _text(value.get("nl"))


# -- What, where, who ------------------------------------------------------------------------


def _texts(row: Row, event: dict[str, Any]) -> None:
    name = row.cells["naam"]
    text = _without_html(_dutch(event, "description"))
    first = re.split(r"(?<=[.!?])\s|\n", text, maxsplit=1)[0].strip()
    row.cells["tekst"] = text or name
    row.cells["zin"] = first if 0 < len(first) <= 200 else name[:200]
    terms = [_object(term) for term in _list(event.get("terms"))]
    kinds = [_text(t.get("id")) for t in terms if t.get("domain") == "eventtype"]
    row.cells["soort"] = next((SOORTEN[kind] for kind in kinds if kind in SOORTEN), "andere")
    themas = [_text(term.get("label")) for term in terms if term.get("domain") == "theme"]
    row.cells["themas"] = ", ".join(thema.replace(",", " ") for thema in themas if thema)
    if not text:
        row.notes.append("De bron heeft geen beschrijving. Schrijf ze zelf.")


def _without_html(text: str) -> str:
    text = re.sub(r"(?i)<br ?/?>|</p>", "\n", text[:20_000])
    return re.sub(r"\n{3,}", "\n\n", unescape(strip_tags(text))).strip()


def _place(row: Row, event: dict[str, Any]) -> None:
    location = _object(event.get("location"))
    mode = _text(event.get("attendanceMode")) or OFFLINE
    place = _dutch(location, "name")
    if mode not in (OFFLINE, ONLINE, MIXED):
        raise NotUnderstood(f"De vorm van deelnemen “{mode[:40]}” kennen we niet.")
    if mode == ONLINE:
        row.cells["plaats"] = "Online"
        row.notes.append("De activiteit is online. Kijk na of ze aan de criteria voldoet.")
    else:
        row.cells["plaats"] = place
        _address(row, location)
    if mode == MIXED:
        row.notes.append("Men kan ook online meedoen.")
    organizer = _dutch(_object(event.get("organizer")), "name")
    row.cells["organisatie"] = organizer or place
    if not organizer:
        row.notes.append("De bron noemt geen organisator: de naam van de plaats staat er nu.")


def _address(row: Row, location: dict[str, Any]) -> None:
    addresses = _object(location.get("address"))
    address = _object(addresses.get("nl")) or addresses
    country = _text(address.get("addressCountry"))
    if country not in ("", "BE"):
        raise NotUnderstood(f"De plaats ligt niet in België ({country[:10]}).")
    row.cells["straat"] = _text(address.get("streetAddress"))
    row.cells["postcode"] = _text(address.get("postalCode"))


def _price(row: Row, event: dict[str, Any]) -> None:
    prices = [_object(price) for price in _list(event.get("priceInfo"))]
    for price in prices:
        if _text(price.get("priceCurrency")) not in ("", "EUR"):
            raise NotUnderstood("De prijs staat niet in euro.")
    base = [price for price in prices if price.get("category") == "base"]
    if not base:
        row.cells["prijs"] = ""
        row.notes.append("De bron noemt geen prijs. Nu staat er gratis: kijk dat na.")
        return
    amount: Any = base[0].get("price")
    is_number = isinstance(amount, int | float) and not isinstance(amount, bool)
    if not is_number or not 0 <= amount <= MAX_PRICE:
        raise NotUnderstood(f"De prijs is geen getal van 0 tot {MAX_PRICE}.")
    row.cells["prijs"] = f"{amount:.2f}"
    if len(prices) > 1:
        row.notes.append("Er zijn nog andere tarieven. Schrijf ze in de uitleg bij de prijs.")


def _remarks(row: Row, event: dict[str, Any]) -> None:
    """What the source says and our columns cannot."""
    names = _object(event.get("name"))
    if others := sorted(str(language)[:10] for language in names if language != "nl"):
        row.notes.append(f"Vertalingen ({', '.join(others[:10])}) worden niet overgenomen.")
    audience = _text(_object(event.get("audience")).get("audienceType"))
    if audience not in ("", "everyone"):
        row.notes.append(f"Volgens de bron niet voor iedereen ({audience[:20]}).")
    if ages := _text(event.get("typicalAgeRange")):
        row.notes.append(f"Leeftijd volgens de bron: {ages[:20]}.")
    if _list(event.get("mediaObject")):
        row.notes.append("Foto's worden niet overgenomen.")


# -- When ------------------------------------------------------------------------------------


def _calendar(row: Row, event: dict[str, Any]) -> list[Reeks]:
    kind = _text(event.get("calendarType"))
    makers = {
        "single": _dated,
        "multiple": _dated,
        "periodic": _periodic,
        "permanent": _permanent,
    }
    if kind not in makers:
        raise NotUnderstood(f"Het kalendertype “{kind[:40]}” kennen we niet.")
    for name in ["subEvent", "openingHours"]:
        if len(_list(event.get(name))) > moments.MOST:
            raise NotUnderstood(f"Hoogstens {moments.MOST} momenten; “{name}” heeft er meer.")
    found = makers[kind](row, event)
    if _is_cancelled(event):
        row.notes.append("Afgelast of uitgesteld volgens de bron: publiceer dit niet zo.")
        return []
    return found


def _is_cancelled(holder: dict[str, Any]) -> bool:
    status = holder.get("status") or holder.get("eventStatus")
    kind = status.get("type") if isinstance(status, dict) else status
    return _text(kind).rsplit("/", 1)[-1].lower() in CANCELLED


def _dated(row: Row, event: dict[str, Any]) -> list[Reeks]:
    parts = [_object(part) for part in _list(event.get("subEvent"))] or [event]
    going_on = [part for part in parts if part is event or not _is_cancelled(part)]
    if len(going_on) < len(parts):
        number = len(parts) - len(going_on)
        row.notes.append(f"{number} van de {len(parts)} momenten zijn afgelast volgens de bron.")
    return [_once(part) for part in going_on]


def _once(part: dict[str, Any]) -> Reeks:
    start, end = _moment(part, "startDate"), _moment(part, "endDate")
    if not start < end:
        raise NotUnderstood("Een moment eindigt voor het begint.")
    if end - start >= timedelta(days=1):
        raise NotUnderstood(
            "Een moment duurt een dag of langer. Zeg voor elke dag van hoe laat tot hoe laat."
        )
    return _checked(Reeks(frequency=Frequentie.EENMALIG.value, first_day=start.date()), start, end)


def _periodic(row: Row, event: dict[str, Any]) -> list[Reeks]:
    first, last = _moment(event, "startDate").date(), _moment(event, "endDate").date()
    if last < first:
        raise NotUnderstood("De periode eindigt voor ze begint.")
    found = list(_weekly(event, first, last))
    if not _list(event.get("openingHours")):
        raise NotUnderstood("Een periode zonder openingsuren: zeg op welke dagen en uren het is.")
    return found


def _permanent(row: Row, event: dict[str, Any]) -> list[Reeks]:
    created = _text(event.get("created"))
    first = _moment(event, "created").date() if created else ALWAYS
    return list(_weekly(event, first, None))


def _weekly(event: dict[str, Any], first: date, last: date | None) -> Iterator[Reeks]:
    for hours in _list(event.get("openingHours")):
        opens, closes = (_clock(_object(hours), name) for name in ["opens", "closes"])
        days = _list(_object(hours).get("dayOfWeek"))
        if not 1 <= len(days) <= 7:
            raise NotUnderstood("Openingsuren met geen of meer dan zeven dagen van de week.")
        for name in days:
            if name not in DAYS:
                raise NotUnderstood(f"De dag “{str(name)[:20]}” kennen we niet.")
            day = first + timedelta(days=(DAYS.index(name) - first.weekday()) % 7)
            if last is None or day <= last:
                weekly = Frequentie.WEKELIJKS.value
                yield _checked(Reeks(frequency=weekly, first_day=day, last_day=last), opens, closes)


def _checked(reeks: Reeks, start: datetime, end: datetime) -> Reeks:
    reeks.start = start.time().replace(second=0, microsecond=0)
    reeks.end = end.time().replace(second=0, microsecond=0)
    try:
        return moments.checked(reeks)
    except ValueError as reason:
        raise NotUnderstood(str(reason)) from None


def _moment(holder: dict[str, Any], name: str) -> datetime:
    """A date and time in Brussels; without an offset it is one already."""
    text = _text(holder.get(name))
    try:
        found = datetime.fromisoformat(text)
        if not 1990 <= found.year <= 2100:
            raise NotUnderstood(f"“{name}” ligt niet tussen 1990 en 2100: “{text[:40]}”.")
    except ValueError as reason:
        if isinstance(reason, NotUnderstood):
            raise
        raise NotUnderstood(f"“{name}” is geen datum met uur: “{text[:40]}”.") from None
    return found.astimezone(BRUSSELS) if found.tzinfo else found.replace(tzinfo=BRUSSELS)


def _clock(hours: dict[str, Any], name: str) -> datetime:
    text = _text(hours.get(name))
    try:
        return datetime.strptime(text, "%H:%M")  # a clock, not a moment
    except ValueError:
        raise NotUnderstood(f"Het uur van “{name}” is onleesbaar: “{text[:20]}”.") from None
