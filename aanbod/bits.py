"""The values of the closed filters as bits of one number: a row of the search table has the bit of
each value that finds it, so a filter is one comparison and a thousand rows are counted at once."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from aanbod.models import Dag, Kinderopvang, Moment, Soort, Taalniveau, Voor

KENMERKEN = (
    *("duo", "groep", "nieuwe-mensen", "duurzame-contacten"),
    *("voertaal", "wederzijds", "nederlandstaligen"),
)
#: The most that one time may cost, in euro.
KOSTEN = {"gratis": 0, "5": 5, "20": 20}
#: Filters with a closed list of values. The order is stored: add at the end, then run
#: `manage.py zoekregels`.
CHOICES: dict[str, tuple[str, ...]] = {
    "soort": tuple(Soort.values),
    "moment": tuple(Moment.values),
    "dag": tuple(Dag.values),
    "taalniveau": tuple(Taalniveau.values),
    "kosten": tuple(KOSTEN),
    "kinderopvang": tuple(Kinderopvang.values),
    "voor": tuple(Voor.values),
    "toegang": ("rolstoel",),
    "kenmerk": KENMERKEN,
}
PAIRS = [(name, value) for name, values in CHOICES.items() for value in values]
BIT = {pair: 1 << position for position, pair in enumerate(PAIRS)}
#: Room for a count in one number that holds the counts of all values: up to 65,535 rows.
_WIDTH = 16


def of_row(
    *,
    soort: str,
    moments: Iterable[str],
    days: Iterable[str],
    taalniveau: int,
    cost: Decimal | float,
    kinderopvang: str,
    voor: str,
    wheelchair: bool,
    kenmerken: Iterable[str],
) -> int:
    """The bits of one row, from its fields. What costs nothing also costs at most five euro, and
    what needs no Dutch suits who speaks it well."""
    found = [
        ("soort", soort),
        *(("moment", value) for value in moments),
        *(("dag", value) for value in days),
        *(("taalniveau", value) for value in Taalniveau.values[taalniveau:]),
        *(("kosten", value) for value, most in KOSTEN.items() if cost <= most),
        ("kinderopvang", kinderopvang),
        ("voor", voor),
        *(("kenmerk", value) for value in kenmerken),
    ]
    if wheelchair:
        found.append(("toegang", "rolstoel"))
    return sum(BIT[pair] for pair in set(found) if pair in BIT)


def mask(name: str, values: Sequence[str]) -> int:
    """The bits of which a row needs one when these values of a filter are chosen."""
    return sum(BIT[name, value] for value in values)


def count(rows: Iterable[int]) -> dict[tuple[str, str], int]:
    """How many of these rows have each value: {(filter, value): number}."""
    total = sum(map(_spread, rows))
    most = (1 << _WIDTH) - 1
    return {pair: total >> position * _WIDTH & most for position, pair in enumerate(PAIRS)}


@cache
def _spread(bits: int) -> int:
    """The same bits, each with room for a count: then adding numbers counts every value at once."""
    return sum(1 << position * _WIDTH for position in range(len(PAIRS)) if bits >> position & 1)
