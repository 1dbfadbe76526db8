"""Hiding small groups, in such a way that subtracting does not bring them back.

A number of 1 to 4 is hidden. A total that is shown beside its parts would give the one hidden
part away, so other numbers are hidden with it, until for every hidden number there is another
table that shows exactly the same and differs there. Zeros are shown: nobody is in them.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

#: Groups below this are hidden (model.md: "counts of 5 and more").
SMALLEST_GROUP = 5
#: Steps of one search for another table; when they are not enough, more is hidden instead.
STEPS = 400

Cell = Hashable


class Sum(NamedTuple):
    """`total` is the sum of `parts`, for everybody who reads the tables."""

    total: Cell
    parts: tuple[Cell, ...]


def protected(
    numbers: Mapping[Cell, int],
    sums: Iterable[Sum] = (),
    *,
    unseen: Iterable[Cell] = (),
    known: Mapping[Cell, int] | None = None,
) -> dict[Cell, int | None]:
    """`numbers` with None for what has to be hidden.

    `sums` are all the relations between the numbers that a reader can know; each holds in
    `numbers`. `unseen` are numbers that no page shows and that make a sum hold; they are None.
    `known` says how many of a group its reader knows one by one: the others may not be few either.
    """
    hidden = _Hiding(numbers, tuple(sums), frozenset(unseen), known or {}).hidden()
    return {cell: None if cell in hidden else number for cell, number in numbers.items()}


class _Hiding:
    def __init__(
        self,
        numbers: Mapping[Cell, int],
        sums: tuple[Sum, ...],
        unseen: frozenset[Cell],
        known: Mapping[Cell, int],
    ) -> None:
        self.numbers = numbers
        self.unseen = unseen
        self.known = known
        self.sums = [{one.total: 1, **dict.fromkeys(one.parts, -1)} for one in sums]
        self.sums_of: dict[Cell, list[int]] = {cell: [] for cell in numbers}
        for index, one in enumerate(self.sums):
            for cell in one:
                self.sums_of[cell].append(index)

    def hidden(self) -> set[Cell]:
        found = set(self.unseen)
        found |= {cell for cell in self.numbers if self._is_small(cell)}
        while unsafe := self._first_unsafe(found):
            more = self._smallest_shown(unsafe[0], found)
            if more is None:
                break  # all that hangs together is hidden: any higher number is possible
            found.add(more)
        return found

    def _is_small(self, cell: Cell) -> bool:
        number, known = self.numbers[cell], self.known.get(cell, 0)
        return 0 < number < SMALLEST_GROUP or 0 < number - known < SMALLEST_GROUP

    def _first_unsafe(self, hidden: set[Cell]) -> list[Cell]:
        """A hidden number, in a list, that can be calculated from what is shown; [] for none."""
        safe: set[Cell] = set()
        for cell in sorted(hidden - self.unseen, key=repr):
            if cell not in safe:
                change = _Search(self, hidden).other_table(cell)
                if not change:
                    return [cell]
                safe |= change.keys()
        return []

    def _smallest_shown(self, cell: Cell, hidden: set[Cell]) -> Cell | None:
        """The smallest number, zeros apart, in a sum with `cell`; else in a sum with what is
        hidden there, and so on."""
        seen, edge = {cell}, {cell}
        while edge:
            near = {other for one in edge for i in self.sums_of[one] for other in self.sums[i]}
            shown = [one for one in near - hidden if self.numbers[one]]
            if shown:
                return min(shown, key=lambda one: (self.numbers[one], repr(one)))
            edge = (near & hidden) - seen
            seen |= edge
        return None


class _Search:
    """Looks for a change of hidden numbers by one that keeps every sum."""

    def __init__(self, hiding: _Hiding, hidden: set[Cell]) -> None:
        self.hiding = hiding
        self.hidden = hidden
        self.steps = STEPS

    def other_table(self, cell: Cell) -> dict[Cell, int]:
        """Hidden numbers that can be one more or less, `cell` among them; {} when not found."""
        for step in (1, -1):
            self.steps = STEPS
            if self._may(cell, step) and (found := self._balance({cell: step})):
                return found
        return {}

    def _balance(self, change: dict[Cell, int]) -> dict[Cell, int]:
        if self.steps == 0:
            return {}
        self.steps -= 1
        index, off = self._unbalanced(change)
        if not off:
            return change
        one = self.hiding.sums[index]
        for cell in sorted(
            (cell for cell in one if cell in self.hidden and cell not in change),
            key=lambda cell: (len(self.hiding.sums_of[cell]), -self.hiding.numbers[cell]),
        ):
            step = -one[cell] if off > 0 else one[cell]
            if self._may(cell, step) and (found := self._balance({**change, cell: step})):
                return found
        return {}

    def _unbalanced(self, change: dict[Cell, int]) -> tuple[int, int]:
        """A sum that does not hold after `change`, and by how much; (0, 0) when all do."""
        for index in {index for cell in change for index in self.hiding.sums_of[cell]}:
            one = self.hiding.sums[index]
            off = sum(one[cell] * step for cell, step in change.items() if cell in one)
            if off:
                return index, off
        return 0, 0

    def _may(self, cell: Cell, step: int) -> bool:
        """A reader knows that a hidden number is no zero; of an unseen one not even that."""
        lowest = 0 if cell in self.hiding.unseen else max(1, self.hiding.known.get(cell, 0))
        return self.hiding.numbers[cell] + step >= lowest
