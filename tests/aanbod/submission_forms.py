"""What a browser sends from the page of an organisation."""

from typing import Any

from tests.aanbod.cast import ENOUGH


def sheet(**changes: Any) -> dict[str, Any]:
    """A whole form of an activity by agreement that misses nothing."""
    rows = changes.pop("momenten", [])
    people = changes.pop("mensen", [])
    return {
        "naam": "Praatcafé",
        "soort": "conversatie",
        "zin": "Kom mee praten.",
        "tekst": "We praten samen.",
        "meebrengen": "",
        "wanneer": "momenten" if rows else "afspraak",
        "dagdelen": ["avond"],
        "minuten": "" if rows else "120",
        "uren": "",
        "plaats": "De Wilg",
        "straat": "",
        "postcode": "3020",
        "deelgemeente": "",
        "nederlands": "geen",
        "voor": "",
        "plaatsen": "",
        "prijs": "0",
        "prijsuitleg": "",
        "kinderen": "",
        "kenmerken": list(ENOUGH),
        "contact": "",
        "note": "",
        **_rows("momenten", rows),
        **_rows("mensen", people),
        **changes,
    }


def _rows(prefix: str, rows: list[dict[str, str]]) -> dict[str, str]:
    found = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        found |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return found


def moment(**changes: str) -> dict[str, str]:
    return {
        "frequency": "wekelijks",
        "first_day": "2027-01-12",
        "start": "19:30",
        "end": "21:30",
        "last_day": "",
        "holidays": "",
        **changes,
    }


def person(name: str, email: str = "", mobile: str = "") -> dict[str, str]:
    return {"name": name, "email": email, "mobile": mobile}
