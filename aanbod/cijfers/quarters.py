"""The periods of the statistics: quarters, which never overlap, so that no two of them can be
subtracted from each other."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

NAMES = ("januari–maart", "april–juni", "juli–september", "oktober–december")
#: How many one can choose from.
CHOICES = 8


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    def __str__(self) -> str:
        return f"{NAMES[self.number - 1]} {self.year}"

    @property
    def key(self) -> str:
        """As it stands in an address: "2026-4"."""
        return f"{self.year}-{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    def next(self) -> "Quarter":
        return _of_index(4 * self.year + self.number)

    def previous(self) -> "Quarter":
        return _of_index(4 * self.year + self.number - 2)


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def latest(today: date) -> list[Quarter]:
    """The running quarter and those before it, the latest first."""
    found = [quarter_of(today)]
    while len(found) < CHOICES:
        found.append(found[-1].previous())
    return found


def chosen(text: str, today: date) -> Quarter:
    """The quarter with this key; the running one when it is none of `latest`."""
    match = re.fullmatch(r"(\d{4})-([1-4])", text, re.ASCII)
    asked = Quarter(int(match[1]), int(match[2])) if match else None
    return asked if asked in latest(today) else quarter_of(today)


def _of_index(index: int) -> Quarter:
    return Quarter(index // 4, index % 4 + 1)
