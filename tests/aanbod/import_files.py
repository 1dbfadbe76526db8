"""Files to import: rows as csv or xlsx, and events of UiTdatabank."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from aanbod.importing.columns import COLUMNS

ROW = {
    "Id": "pt-1",
    "Naam": "Praattafel",
    "Soort": "conversatie",
    "In één zin": "Kom Nederlands praten.",
    "Wat doe je er": "We praten aan tafel.",
    "Organisatie": "De Lange Tafel",
    "Momenten": "wekelijks 12/01/2027 19:30-21:30 tot 29/06/2027",
    "Postcode": "3020",
}


def row(**changes: Any) -> dict[str, Any]:
    """A good row; `naam="X"` changes the column Naam."""
    labels = {column.key: column.label for column in COLUMNS}
    return ROW | {labels[key]: value for key, value in changes.items()}


def as_csv(*rows: dict[str, Any], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(*rows: dict[str, Any]) -> bytes:
    book = Workbook()
    book.active.append(list(rows[0]))
    for one in rows:
        book.active.append(list(one.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def event(**changes: Any) -> dict[str, Any]:
    """A single event of UiTdatabank in Herent."""
    return {
        "@id": "https://io.uitdatabank.be/event/8f5e7a0e-0001",
        "name": {"nl": "Koffie in de tuin"},
        "description": {"nl": "<p>Kom koffie drinken. Iedereen is welkom.</p>"},
        "terms": [{"id": "0.3.1.0.0", "label": "Lessenreeks", "domain": "eventtype"}],
        "calendarType": "single",
        "startDate": "2027-02-02T13:00:00+00:00",
        "endDate": "2027-02-02T15:00:00+00:00",
        "location": {
            "name": {"nl": "De Wilg"},
            "address": {"nl": {"addressCountry": "BE", "postalCode": "3020"}},
        },
        "organizer": {"name": {"nl": "De Lange Tafel"}},
        "priceInfo": [{"category": "base", "price": 2.5, "priceCurrency": "EUR"}],
        **changes,
    }


def as_json(*events: Any) -> bytes:
    return json.dumps({"member": list(events)}).encode()


SAMPLES = Path(__file__).parent / "samples" / "uitdatabank"
