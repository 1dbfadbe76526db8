"""A number as it may be shown, and the sum of such numbers over several gemeenten."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`number` is what is shown; with `more` something hidden comes on top of it."""

    number: int = 0
    more: bool = False

    def __str__(self) -> str:
        if not self.more:
            return str(self.number)
        return f"{self.number} of meer" if self.number else "verborgen"

    @property
    def hidden(self) -> bool:
        return self.more and not self.number


def total(numbers: Iterable[int | None]) -> Figure:
    """The sum of what is shown. It says nothing that the numbers themselves do not say, so a
    region never gives away what one of its gemeenten hides."""
    found = list(numbers)
    return Figure(sum(number or 0 for number in found), None in found)
