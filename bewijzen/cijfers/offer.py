"""The offer that stands online now, to put beside what was asked. It is public: nothing hidden."""

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from aanbod.models import Taalniveau, Zoekregel
from aanbod.models.telling import MEER


class Item(NamedTuple):
    """One activity that can be found."""

    page: int
    gemeente: int
    title: str
    soort: str
    moments: list[str]
    deelgemeente: str
    kinderopvang: str
    #: 0 geen, 1 a1, 2 a2, 3 b1
    taalniveau: int
    cost: Decimal
    places_left: int | None


def of(gemeenten: Collection[int]) -> list[Item]:
    """Every activity of these gemeenten that can be found, by title."""
    fields = ["page", "gemeente", "title", "soort", "moments", "page__deelgemeente__name"]
    fields += ["kinderopvang", "taalniveau", "cost", "places_left"]
    rows = Zoekregel.objects.filter(gemeente__in=gemeenten).order_by("title", "page")
    return [
        Item(*row[:5], row[5] or "", *row[6:])  # type: ignore[call-arg]
        for row in rows.values_list(*fields)
    ]


def fits(item: Item, dimension: str, value: str) -> bool:
    """Is this activity among what is meant by one value of a filter?"""
    if dimension == "moment":
        return value in item.moments
    if dimension == "kinderopvang":
        return bool(item.kinderopvang) if value == MEER else item.kinderopvang == value
    if dimension == "taalniveau":
        return item.taalniveau <= Taalniveau.values.index(value)
    if dimension == "kosten":
        return item.cost <= (0 if value == "gratis" else int(value))
    return bool(getattr(item, dimension) == value)
