"""Fixed moments as text in one cell: "wekelijks 12/01/2027 19:30-21:30 tot 29/06/2027"."""

import re
from datetime import date, time
from typing import Any

from aanbod.models import Frequentie, Reeks

MOST = 100
HOW = "Schrijf bijvoorbeeld: wekelijks 12/01/2027 19:30-21:30 tot 29/06/2027."
_DAY = r"(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})"
_CLOCK = r"(\d{1,2})[:.u](\d{2})"
_MOMENT = re.compile(
    rf"(?:({'|'.join(Frequentie.values)}) )?{_DAY} {_CLOCK} ?- ?{_CLOCK}"
    rf"(?: tot {_DAY})?(?: (niet|alleen) in schoolvakanties)?",
    re.ASCII,
)


def parse(text: str) -> list[str]:
    """Each moment in its one written form, in the order of the text; raises ValueError with the
    reason. Moments are parted by a semicolon or a new line."""
    parts = [" ".join(part.lower().split()) for part in re.split(r"[;\n]", text)]
    found = [write(read(part)) for part in parts if part]
    if len(found) > MOST:
        raise ValueError(f"Hoogstens {MOST} momenten; dit zijn er {len(found)}.")
    return list(dict.fromkeys(found))


def read(text: str) -> Reeks:
    """One moment, not saved; raises ValueError with the reason."""
    match = _MOMENT.fullmatch(text)
    if not match:
        short = text if len(text) <= 60 else f"{text[:60]}…"
        raise ValueError(f"“{short}” is geen moment. {HOW}")
    frequency, first, *clock, last, holidays = match.groups()
    reeks = Reeks(
        frequency=frequency or Frequentie.EENMALIG.value,
        first_day=_day(first),
        start=_time(*clock[:2]),
        end=_time(*clock[2:]),
        last_day=_day(last) if last else None,
        skip_school_holidays=holidays == "niet",
        only_school_holidays=holidays == "alleen",
    )
    return checked(reeks)


def checked(reeks: Reeks) -> Reeks:
    """The same moment; raises ValueError when it is nonsense."""
    if reeks.start == reeks.end:
        raise ValueError("Een moment begint en eindigt op hetzelfde uur.")
    if reeks.last_day and reeks.last_day < reeks.first_day:
        raise ValueError("De laatste dag van een moment ligt voor de eerste dag.")
    if not all(1990 <= day.year <= 2100 for day in [reeks.first_day, reeks.last_day] if day):
        raise ValueError("Een moment ligt tussen 1990 en 2100.")
    return reeks


def write(reeks: Reeks) -> str:
    """One moment as text; `read` gives it back."""
    words: list[Any] = [
        reeks.frequency,
        reeks.first_day.isoformat(),
        f"{reeks.start:%H:%M}-{reeks.end:%H:%M}",
    ]
    if reeks.last_day:
        words += ["tot", reeks.last_day.isoformat()]
    if reeks.skip_school_holidays:
        words.append("niet in schoolvakanties")
    if reeks.only_school_holidays:
        words.append("alleen in schoolvakanties")
    return " ".join(words)


def _day(text: str) -> date:
    try:
        if "/" in text:
            day, month, year = map(int, text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"De dag {text} bestaat niet.") from None


def _time(hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f"Het uur {hour}:{minute} bestaat niet.") from None
