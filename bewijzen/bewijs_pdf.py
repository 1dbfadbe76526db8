"""The bewijs as PDF: PDF/A-3a and PDF/UA-1 in one file, in Dutch, with its lines attached as data.

Nothing about a person is written to disk: what is printed goes in as JSON and comes out as bytes.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format

from gemeenten.printing import sheet
from gemeenten.printing.qr import qr_svg, qr_version
from gemeenten.printing.sheet import drawable

ATTACHMENT = "bewijs.json"
BRUSSELS = ZoneInfo("Europe/Brussels")

_SOURCE = Path(__file__).parent / "typst" / "bewijs.typ"
_STANDARDS: list[Any] = ["a-3a", "ua-1"]
_STROKES = 40
_ACTIVITIES_IN_FRONT = 4
_GRADES = {
    "samen": ("Samen gescand", "de code op de telefoon, ter plaatse"),
    "gescand": ("Kaart gescand", "de code op de kaart"),
    "getekend": ("Getekend", "door de contactpersoon, van de lijst"),
    "papier": ("Op papier", "met een handtekening op een blad"),
}


@dataclass(frozen=True)
class BewijsLine:
    """One valid line. `van` and `tot` only where the clock times are known."""

    day: date
    minutes: int
    van: datetime | None
    tot: datetime | None
    title: str
    organisatie: str
    gemeente: str
    signer: str
    grade: str


@dataclass(frozen=True)
class BewijsContent:
    """All that is printed. `is_final` makes the bewijs, its QR is `summary`; otherwise the
    overview so far with pen boxes, its QR is the card's."""

    is_final: bool
    issuer: str
    gemeente: str
    name: str
    total_minutes: int
    target_minutes: int
    lines: tuple[BewijsLine, ...]
    issued_at: datetime
    verify_address: str
    sign_address: str
    data: bytes
    kid: str = ""
    summary: str = ""
    card_url: str = ""
    typed_code: str = ""


def bewijs_pdf(content: BewijsContent) -> bytes:
    """The PDF; the same bytes for the same content."""
    return sheet.made(
        _SOURCE,
        _inputs(content),
        format="pdf",
        pdf_standards=_STANDARDS,
        timestamp=int(content.issued_at.timestamp()),
    )[0]


def bewijs_png(content: BewijsContent, ppi: float = 144) -> list[bytes]:
    """The pages as pictures, to look at them."""
    return sheet.made(_SOURCE, _inputs(content), format="png", ppi=ppi)


def _inputs(content: BewijsContent) -> dict[str, str]:
    with translation.override("nl"):
        shown = json.dumps(_shown(content), ensure_ascii=False)
    return {"bewijs": shown, "data": content.data.decode()}


def _shown(content: BewijsContent) -> dict[str, Any]:
    issued = content.issued_at.astimezone(BRUSSELS).date()
    total = hours(content.total_minutes)
    number, _, rest = total.partition(" ")
    name = drawable(content.name)
    qr_text = content.summary if content.is_final else content.card_url
    whole, part = _reach(content.total_minutes, content.target_minutes)
    activities = _activities(content.lines)
    return {
        "is_final": content.is_final,
        "document_title": (
            f"Bewijs van deelname — {total}" if content.is_final else "Overzicht tot nu toe"
        ),
        "issuer": drawable(content.issuer),
        "gemeente": drawable(content.gemeente),
        "name": name,
        "name_size": 28 if len(name) <= 28 else 20 if len(name) <= 60 else 14,
        "total": total,
        "total_number": number,
        "total_unit": rest,
        "target": hours(content.target_minutes),
        "period": _period([line.day for line in content.lines]),
        "ring_whole": whole,
        "ring_part": part,
        "activities": activities[:_ACTIVITIES_IN_FRONT],
        "more_activities": _more(len(activities) - _ACTIVITIES_IN_FRONT),
        "lines": [_line(line) for line in content.lines],
        "grades": _legend(content.lines),
        "issued": [issued.year, issued.month, issued.day],
        "issued_text": _day(issued),
        "kid": content.kid,
        "verify_address": content.verify_address,
        "sign_address": content.sign_address,
        "qr": qr_svg(qr_text) if qr_text else None,
        "qr_modules": 17 + 4 * qr_version(qr_text) if qr_text else None,
        "typed_code": content.typed_code,
    }


def hours(minutes: int) -> str:
    """Minutes in Dutch: "2 uur", "1 uur 30", "45 minuten"."""
    whole, rest = divmod(minutes, 60)
    if not whole and rest:
        return f"{rest} minuten" if rest > 1 else "1 minuut"
    return f"{whole} uur {rest}" if rest else f"{whole} uur"


def _reach(minutes: int, target: int) -> tuple[int, float]:
    """Whole strokes of the ring, and the share of the next one. Rounded down, never up."""
    whole, rest = divmod(min(minutes, target) * _STROKES, target)
    return whole, rest / target


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _period(days: list[date]) -> str | None:
    if not days:
        return None
    first, last = min(days), max(days)
    return f"op {_day(first)}" if first == last else f"van {_day(first)} tot en met {_day(last)}"


def _line(line: BewijsLine) -> dict[str, str | None]:
    return {
        "day": f"{date_format(line.day, 'D')} {date_format(line.day, 'j-n-Y')}".lower(),
        "duration": hours(line.minutes),
        "clock": _clock(line),
        "title": drawable(line.title),
        "place": _place(line.organisatie, line.gemeente),
        "signer": drawable(line.signer),
        "grade": _GRADES[line.grade][0],
    }


def _clock(line: BewijsLine) -> str | None:
    if line.van is None or line.tot is None:
        return None
    van, tot = (moment.astimezone(BRUSSELS) for moment in (line.van, line.tot))
    return f"{van:%H.%M}–{tot:%H.%M}"


def _place(organisatie: str, gemeente: str) -> str:
    return drawable(f"{organisatie}, {gemeente}" if organisatie else gemeente)


def _activities(lines: Iterable[BewijsLine]) -> list[dict[str, str]]:
    """Where the hours were lived, the most first."""
    minutes: dict[tuple[str, str], int] = defaultdict(int)
    for line in lines:
        minutes[drawable(line.title), _place(line.organisatie, line.gemeente)] += line.minutes
    most_first = sorted(minutes.items(), key=lambda item: (-item[1], item[0]))
    return [
        {"title": title, "place": place, "total": hours(total)}
        for (title, place), total in most_first
    ]


def _more(count: int) -> str | None:
    if count < 1:
        return None
    return "en nog 1 andere activiteit" if count == 1 else f"en nog {count} andere activiteiten"


def _legend(lines: Iterable[BewijsLine]) -> str:
    used = {line.grade for line in lines}
    parts = (f"{word}: {text}." for grade, (word, text) in _GRADES.items() if grade in used)
    return " ".join(parts)
