"""Groups under five are hidden, and subtracting does not bring them back."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbod.cijfers.suppression import Sum, protected


def table(rows):
    """The cells, margins and grand total of a table, and its sums."""
    height, width = len(rows), len(rows[0])
    numbers = {(r, c): rows[r][c] for r in range(height) for c in range(width)}
    numbers |= {(r, "totaal"): sum(rows[r]) for r in range(height)}
    numbers |= {("totaal", c): sum(row[c] for row in rows) for c in range(width)}
    numbers["totaal", "totaal"] = sum(map(sum, rows))
    return numbers, [
        *[Sum((r, "totaal"), tuple((r, c) for c in range(width))) for r in range(height)],
        *[Sum(("totaal", c), tuple((r, c) for r in range(height))) for c in range(width)],
        Sum(("totaal", "totaal"), tuple((r, "totaal") for r in range(height))),
        Sum(("totaal", "totaal"), tuple(("totaal", c) for c in range(width))),
    ]


def reconstructed(rows, shown):
    """Hidden cells that have one value only in all tables near the real one that show the same.
    By trying them all: another way than the engine's."""
    height, width = len(rows), len(rows[0])
    values = {cell: set() for cell, number in shown.items() if number is None}
    ranges = [
        [n for n in range(rows[r][c] - 2, rows[r][c] + 3) if n > 0]
        if shown[r, c] is None
        else [rows[r][c]]
        for r in range(height)
        for c in range(width)
    ]
    for guess in product(*ranges):
        other, _ = table([guess[r * width : (r + 1) * width] for r in range(height)])
        if all(number is None or other[cell] == number for cell, number in shown.items()):
            for cell in values:
                values[cell].add(other[cell])
    return {cell for cell, found in values.items() if len(found) < 2}


small_tables = st.integers(2, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 6, 9, 30]), min_size=width, max_size=width),
        min_size=1,
        max_size=2,
    )
)


@settings(max_examples=250, deadline=None)
@given(small_tables)
def test_no_hidden_number_follows_from_the_totals_and_the_numbers_that_are_shown(rows):
    shown = protected(*table(rows))

    assert not [cell for cell, number in shown.items() if number and 0 < number < 5]
    assert reconstructed(rows, shown) == set()


@settings(max_examples=100, deadline=None)
@given(small_tables)
def test_what_is_shown_is_true_and_a_zero_is_always_shown(rows):
    numbers, sums = table(rows)
    shown = protected(numbers, sums)

    assert all(number in (None, numbers[cell]) for cell, number in shown.items())
    assert all(shown[cell] == 0 for cell, number in numbers.items() if number == 0)


def test_control_hiding_only_what_is_small_gives_it_away():
    rows = [[3, 8], [9, 7]]
    numbers, _ = table(rows)
    only_small = {cell: None if 0 < n < 5 else n for cell, n in numbers.items()}

    assert reconstructed(rows, only_small) == {(0, 0)}


def test_control_two_ones_that_add_up_to_two_are_given_away_when_their_sum_is_shown():
    numbers, sums = table([[1, 1, 8]])
    only_small = {cell: None if cell in {(0, 0), (0, 1)} else n for cell, n in numbers.items()}

    assert reconstructed([[1, 1, 8]], only_small) >= {(0, 0), (0, 1)}
    assert protected(numbers, sums)[0, 2] is None


def test_large_groups_are_all_shown():
    numbers, sums = table([[5, 8], [9, 70]])

    assert protected(numbers, sums) == numbers


def test_an_empty_table_shows_its_zeros():
    numbers, sums = table([[0, 0]])

    assert protected(numbers, sums) == numbers
    assert protected({}) == {}


def test_without_totals_only_the_small_ones_are_hidden():
    assert protected({"a": 3, "b": 6, "c": 0}) == {"a": None, "b": 6, "c": 0}


def test_the_smallest_other_number_is_hidden_with_it():
    numbers = {"totaal": 49, "a": 3, "b": 6, "c": 40}
    shown = protected(numbers, [Sum("totaal", ("a", "b", "c"))])

    assert shown == {"totaal": 49, "a": None, "b": None, "c": 40}


def test_a_part_that_is_never_shown_does_not_give_the_other_part_away():
    numbers = {"totaal": 12, "leeg": 11, "rest": 1}
    shown = protected(numbers, [Sum("totaal", ("leeg", "rest"))], unseen=["rest"])

    assert shown == {"totaal": 12, "leeg": 11, "rest": None}


def test_a_small_part_beside_an_unseen_zero_is_not_given_away():
    numbers = {"totaal": 3, "leeg": 3, "rest": 0}
    shown = protected(numbers, [Sum("totaal", ("leeg", "rest"))], unseen=["rest"])

    assert shown["leeg"] is None


def test_who_knows_some_of_a_group_does_not_learn_of_the_few_others():
    numbers, sums = table([[6, 8], [9, 7]])

    shown = protected(numbers, sums, known={(0, 0): 5, (0, 1): 8})

    assert shown[0, 0] is None
    assert shown[0, 1] is None  # or subtracting gives the other
    assert shown["totaal", "totaal"] == 30


@pytest.mark.timeout(20)
def test_a_table_of_thirteen_kinds_and_seven_moments_takes_no_time():
    numbers, sums = table([[(r * 7 + c * 5) % 11 for c in range(7)] for r in range(13)])

    assert None in protected(numbers, sums).values()
